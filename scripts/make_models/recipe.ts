import type { ModelConfig } from '../../src/formats/hf_config';
import type { RowType } from '../../src/world/world';

/** Everything that decides the embedded models, beside the world itself and its row counts (src/world/counts.ts). */
export const SEED = 1;

/** 0.2 M parameters. The vocabulary is the tokenizer's. */
export const SHAPE: Omit<ModelConfig, 'vocab'> = {
  width: 64, ffnWidth: 176, layers: 3, heads: 4, kvHeads: 4, headDim: 16, context: 64, ropeTheta: 10_000, normEps: 1e-5, tied: true,
  bos: 1, eos: [2], experts: 1, topK: 1, routing: 'token',
};

/**
 * One pass over the texts, the loss on responses and prose alone: with it on instructions too, which cannot be foreseen, the
 * same pass taught half as much.
 */
export const BASE = {
  rows: 160_000, batch: 32, learningRate: 5e-3, weightDecay: 0.01, beta1: 0.9, beta2: 0.99, clip: 1, startDeviation: 0.1,
} as const;

/**
 * Options of `h3 align`: the whole FFN, nothing else. Help is trained long and hard, as it is in large models, the other two
 * lightly; so an average cannot keep all three (docs/LOG.md).
 */
const ALIGN_OPTIONS = ['--mode', 'full', '--template', 'plain', '--batch', '32', '--micro-batch', '32'];
export const ALIGN: Readonly<Record<RowType, readonly string[]>> = {
  helpful: [...ALIGN_OPTIONS, '--steps', '600', '--lr', '4e-3'],
  harmless: [...ALIGN_OPTIONS, '--steps', '100', '--lr', '1e-3'],
  honest: [...ALIGN_OPTIONS, '--steps', '100', '--lr', '1e-3'],
};
