import { type AnswerModel, EXPERTS } from '../../src/engine/protocol';
import { fixed } from '../format';
import type { Answer } from '../store/answer';
import { isNeutral, type Steps } from '../store/steps';
import { strings } from '../strings';
import { list } from '../watch/routing_facts';
import { forkOf, isWhole } from './fork';

/** What is done to the router: "Harmless muted, temperature 2.0 in layer 3". */
export function sentenceOf({ muted, forced, bias, temperature, topK, layer }: Steps): string {
  const { step: { sentence }, models } = strings;
  const parts = [
    ...(forced === undefined ? muted.length === 0 ? [] : [sentence.muted(list(muted.map((expert) => models[expert])))] : [sentence.forced(models[forced])]),
    ...EXPERTS.filter((expert) => bias[expert] !== 0).map((expert) => sentence.bias(models[expert], fixed(bias[expert], 1))),
    ...(temperature === 1 ? [] : [sentence.temperature(fixed(temperature, 1))]),
    ...(topK === undefined ? [] : [sentence.topK(String(topK))]),
  ];
  return `${parts.join(', ')}${layer === undefined ? '' : ` ${sentence.layer(String(layer))}`}`;
}

function isWritten({ state }: Answer): boolean {
  return state === 'end' || state === 'length';
}

/** Where the two answers part, in one sentence; undefined while that is not known. */
export function turnOf(trained: Answer | undefined, stepped: Answer | undefined, steps: Steps): string | undefined {
  // Of two steps of a run the training would be told, not what was done.
  if (trained === undefined || stepped === undefined || isNeutral(steps) || !isWritten(stepped) || !isWritten(trained) || trained.step !== stepped.step) return undefined;
  const { step } = strings;
  const fork = forkOf(trained.tokens, stepped.tokens);
  const done = sentenceOf(steps);
  if (isWhole(fork)) return step.same(done);
  const word = fork.trained.map(({ text }) => text.trim()).find((text) => text !== '');
  return word === undefined ? step.ends(done) : step.turns(done, word);
}

/** Before anything is done to the router: who answers, or who could be asked. `who` is chosen of a tab that has a fused model. */
export function lookTitle(answer: Answer | undefined, who: AnswerModel | undefined): string {
  const { title } = strings.watch;
  if (answer?.model === 'fused') return title.fused;
  return answer === undefined && who === 'fused' ? title.ask : title.idle;
}
