import type { ExpertId } from '../../src/engine/protocol';
import { type Answer, newAnswer } from './answer';
import { REPLACED, write } from './asking';
import { calledAt, calledOverall, routedTokens, routedWords } from './called';
import { dismiss } from './connection';
import { type GuessKind, type Round, useInspect } from './inspect';
import { isFused, useStudio } from './studio';
import { takeAt } from './take';

let writer = new AbortController();

/** The right guesses of a round, in the order in which they are asked. */
export function truthsOf({ kind, answer: { tokens } }: Round): readonly ExpertId[] {
  if (kind === 'whole') return [calledOverall(tokens)];
  return routedWords(tokens).flatMap(({ token: { routing } }) => (routing === undefined ? [] : [calledAt(routing)]));
}

export function isOver(round: Round): boolean {
  return round.guesses.length >= truthsOf(round).length;
}

/** A round with the prompt in the box: the fused model answers out of sight; where there is none, the recorded run has. */
export async function beginRound(): Promise<void> {
  const { prompt, recording, answerSettings: { maxNewTokens } } = useStudio.getState();
  const fused = isFused(useStudio.getState());
  writer.abort(REPLACED);
  writer = new AbortController();
  dismiss('watch');
  useInspect.setState({ round: undefined, hidden: undefined, nothing: false });
  if (!fused) {
    const take = recording === undefined ? undefined : takeAt(recording.takes, prompt, Infinity);
    if (take === undefined) useInspect.setState({ nothing: true });
    else start({ ...newAnswer('fused', prompt), state: 'end', tokens: take.tokens }, true);
    return;
  }
  const { signal } = writer;
  useInspect.setState({ hidden: newAnswer('fused', prompt) });
  await write({
    place: 'watch', model: 'fused', prompt, maxNewTokens, signal, before: undefined,
    set: (hidden) => { useInspect.setState({ hidden }); },
  });
  if (signal.reason === REPLACED) return;
  const { hidden: answer } = useInspect.getState();
  useInspect.setState({ hidden: undefined });
  if (answer === undefined) return;
  if (answer.state === 'end' || answer.state === 'length') start(answer, false);
}

function start(answer: Answer, recorded: boolean): void {
  const { kind } = useInspect.getState();
  if ((kind === 'word' ? routedWords : routedTokens)(answer.tokens).length === 0) useInspect.setState({ nothing: true });
  else useInspect.setState({ round: { kind, answer, recorded, guesses: [] } });
}

/** The next prompt of the models' own, and its round. */
export async function nextRound(): Promise<void> {
  useStudio.setState(({ prompt, prompts }) => ({ prompt: prompts[(prompts.indexOf(prompt) + 1) % prompts.length] ?? prompt }));
  await beginRound();
}

export function stopRound(): void {
  writer.abort();
}

/** Another kind of guess begins with another round; the tally of each kind stays. */
export function setKind(kind: GuessKind): void {
  stopRound();
  useInspect.setState({ kind, round: undefined, nothing: false });
}

/** @returns whether there was something to guess */
export function guess(expert: ExpertId): boolean {
  const { round, tally } = useInspect.getState();
  if (round === undefined) return false;
  const truth = truthsOf(round)[round.guesses.length];
  if (truth === undefined) return false;
  const { right, of } = tally[round.kind];
  useInspect.setState({
    round: { ...round, guesses: [...round.guesses, expert] },
    tally: { ...tally, [round.kind]: { right: right + (expert === truth ? 1 : 0), of: of + 1 } },
  });
  return true;
}
