import type { AnswerModel } from '../../src/engine/protocol';
import { type Answer, newAnswer } from './answer';
import { REPLACED, write } from './asking';
import { dismiss } from './connection';
import { SIDE_MODELS, useInspect } from './inspect';
import { isFused, useStudio } from './studio';

let writer = new AbortController();

export function choose(model: AnswerModel, on: boolean): void {
  useInspect.setState(({ chosen }) => ({ chosen: SIDE_MODELS.filter((known) => (known === model ? on : chosen.includes(known))) }));
}

/** The prompt in the box to all that are chosen, one after another. */
export async function askSide(): Promise<void> {
  const state = useStudio.getState();
  const { prompt, runs, answerSettings: { maxNewTokens } } = state;
  const { chosen, sideAnswers: before } = useInspect.getState();
  const models = chosen.filter((model) => model !== 'fused' || isFused(state));
  writer.abort(REPLACED);
  writer = new AbortController();
  const { signal } = writer;
  dismiss('watch');
  useInspect.setState({ sideRuns: runs, sideAnswers: Object.fromEntries(models.map((model) => [model, newAnswer(model, prompt)])) });
  for (const model of models) {
    await write({ place: 'watch', model, prompt, maxNewTokens, signal, before: before[model], set: (answer) => { put(model, answer); } });
    if (signal.reason === REPLACED) return;
    // What one refuses, a prompt that is too long, the others would too.
    if (useStudio.getState().errors.watch !== undefined) {
      for (const other of models) if (useInspect.getState().sideAnswers[other]?.state === 'waiting') put(other, before[other]);
      return;
    }
  }
}

export function stopSide(): void {
  writer.abort();
}

function put(model: AnswerModel, answer: Answer | undefined): void {
  useInspect.setState(({ sideAnswers: { [model]: _, ...others } }) => ({ sideAnswers: answer === undefined ? others : { ...others, [model]: answer } }));
}
