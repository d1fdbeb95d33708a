import { PRESETS } from '../../src/engine/recipe';
import { beforeEach, expect, test } from 'vitest';
import { guessedOf, shownOf, verdictOf } from '../inspect/guess_facts';
import { newAnswer, type AnswerToken } from './answer';
import { beginRound, guess, isOver, nextRound, setKind, truthsOf } from './guessing';
import { useInspect } from './inspect';
import { RunRecord } from './run_record';
import { useStudio } from './studio';

const word = (text: string, expert: number): AnswerToken => {
  const one = Float32Array.from([0, 1, 2], (e) => (e === expert ? 1 : 0));
  return { text, routing: { layers: 1, experts: 3, probabilities: one, shares: one } };
};
const TOKENS = [word('no', 2), word(' ', 0), word(',', 1), word(' they', 2)];
const round = () => {
  const { round: found } = useInspect.getState();
  if (found === undefined) throw new Error('no round');
  return found;
};

beforeEach(() => {
  useInspect.setState(useInspect.getInitialState());
  useStudio.setState({
    ...useStudio.getInitialState(), prompts: ['a', 'b'], prompt: 'a',
    recording: { id: 'recorded', since: 0, recipe: PRESETS.default, marks: [], record: new RunRecord(1, 3), takes: ['a', 'b'].map((prompt) => ({ step: 1, prompt, tokens: TOKENS })) },
  });
});

test('word by word: only what was guessed shows its lines, a comma is not asked about, and the score counts what was right', async () => {
  await beginRound();
  expect(truthsOf(round())).toEqual(['honest', 'honest']);
  expect(shownOf(round())?.tokens).toEqual([{ text: 'no' }]);
  expect(guess('honest')).toBe(true);
  expect(shownOf(round())?.tokens).toEqual([TOKENS[0], TOKENS[1], TOKENS[2], { text: ' they' }]);
  expect(verdictOf(round(), truthsOf(round()))).toBe('“no”: Honest, as you said.');
  guess('helpful');
  expect(verdictOf(round(), truthsOf(round()))).toBe('“they”: Honest. You said Helpful.');
  expect(isOver(round())).toBe(true);
  expect(shownOf(round())).toBe(round().answer);
  expect(guess('honest')).toBe(false);
  expect(guessedOf(round(), truthsOf(round())).map(({ word: text, yours, router }) => [text, yours, router])).toEqual([
    ['they', 'helpful', 'honest'], ['no', 'honest', 'honest'],
  ]);
  expect(useInspect.getState().tally).toEqual({ word: { right: 1, of: 2 }, whole: { right: 0, of: 0 } });
});

test('the whole answer is hidden until its one guess; each kind keeps a score of its own over rounds', async () => {
  await beginRound();
  guess('helpful');
  setKind('whole');
  expect(useInspect.getState().round).toBeUndefined();
  await nextRound();
  expect(useStudio.getState().prompt).toBe('b');
  expect(shownOf(round())).toBeUndefined();
  guess('honest');
  expect(shownOf(round())).toBe(round().answer);
  expect(verdictOf(round(), truthsOf(round()))).toBe('Honest, as you said.');
  expect(useInspect.getState().tally).toEqual({ word: { right: 0, of: 1 }, whole: { right: 1, of: 1 } });
});

test('where no fused model has answered, nothing can be guessed, and that is said', async () => {
  useStudio.setState({ prompt: 'nobody was asked this' });
  await beginRound();
  expect(useInspect.getState()).toMatchObject({ round: undefined, nothing: true });
  expect(guess('honest')).toBe(false);
  useInspect.setState({ round: { kind: 'word', answer: newAnswer('fused', ''), recorded: false, guesses: [] } });
  expect(guess('honest')).toBe(false);
});
