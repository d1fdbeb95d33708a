import type { Command } from '../command';
import { ablateCommand } from './ablate';
import { alignCommand } from './align';
import { baselinesCommand } from './baselines';
import { benchCommand } from './bench';
import { evalCommand } from './eval';
import { fuseCommand } from './fuse';
import { generateCommand } from './generate';
import { gradsCommand } from './grads';
import { infoCommand } from './info';
import { logitsCommand } from './logits';
import { lossCommand } from './loss';
import { mergeCommand } from './merge';
import { pretrainCommand } from './pretrain';
import { refusalsCommand } from './refusals';
import { reproduceCommand } from './reproduce';
import { tokenizerCommand } from './tokenizer';

/** In the order of their use. */
export const COMMANDS: readonly Command[] = [
  infoCommand, logitsCommand, generateCommand, lossCommand, evalCommand, gradsCommand,
  tokenizerCommand, pretrainCommand, alignCommand, fuseCommand, mergeCommand, refusalsCommand, benchCommand,
  baselinesCommand, reproduceCommand, ablateCommand,
];
