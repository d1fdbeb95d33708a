import { EXPERTS } from '../../src/engine/protocol';
import type { RecordedSnapshot } from '../../src/engine/recorded_run';
import type { AnswerToken } from './answer';

/** What the fused model wrote to one prompt after one step of its run; step 0 is before the first. */
export interface Take {
  readonly step: number;
  readonly prompt: string;
  /** Those that can be seen: what only ends an answer is none of its words. */
  readonly tokens: readonly AnswerToken[];
}

export function newTake(step: number, prompt: string, tokens: readonly AnswerToken[]): Take {
  return { step, prompt, tokens: tokens.filter(({ text }) => text.trim() !== '') };
}

/** Of `takes`, in the order of their steps, the last one of a prompt that was written by `step`. */
export function takeAt(takes: readonly Take[], prompt: string, step: number): Take | undefined {
  return takes.findLast((take) => take.prompt === prompt && take.step <= step);
}

/** Steps at which a prompt was answered. */
export function takenSteps(takes: readonly Take[], prompt: string): readonly number[] {
  return takes.filter((take) => take.prompt === prompt).map(({ step }) => step);
}

/** What was asked, in the order in which it was asked first. */
export function promptsOf(takes: readonly Take[]): readonly string[] {
  return [...new Set(takes.map(({ prompt }) => prompt))];
}

/**
 * The prompt that shows most of the three: in whose last answer the least called expert has the largest share of the words, in the
 * last layer. The first of equal ones; undefined without takes.
 */
export function widestPrompt(takes: readonly Take[]): string | undefined {
  let widest: { readonly prompt: string; readonly least: number } | undefined;
  for (const prompt of promptsOf(takes)) {
    const least = leastShare(takeAt(takes, prompt, Infinity)?.tokens ?? []);
    if (widest === undefined || least > widest.least) widest = { prompt, least };
  }
  return widest?.prompt;
}

/** Mean share over the words, of the expert that has least. */
function leastShare(tokens: readonly AnswerToken[]): number {
  const routed = tokens.flatMap(({ routing }) => (routing === undefined ? [] : [routing]));
  const sums = EXPERTS.map((_, e) => routed.reduce((sum, { layers, experts, shares }) => sum + (shares[(layers - 1) * experts + e] ?? 0), 0));
  return routed.length === 0 ? 0 : Math.min(...sums) / routed.length;
}

/** Takes with one more, in its place; one of the same prompt and step is replaced. */
export function withTake(takes: readonly Take[], take: Take): readonly Take[] {
  const others = takes.filter(({ step, prompt }) => step !== take.step || prompt !== take.prompt);
  const at = others.findIndex(({ step }) => step > take.step);
  return at < 0 ? [...others, take] : others.toSpliced(at, 0, take);
}

export function takesOf(snapshots: readonly RecordedSnapshot[], layers: number, experts: number): readonly Take[] {
  return snapshots.flatMap(({ step, answers }) => answers.map(({ prompt, tokens }) => newTake(step, prompt, tokens.map(({ text, probabilities, shares }) => ({
    text, routing: { layers, experts, probabilities: Float32Array.from(probabilities), shares: Float32Array.from(shares) },
  })))));
}
