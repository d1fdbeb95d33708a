import { calledOverall, routedWords } from '../store/called';
import { isOver } from '../store/guessing';
import { type Round, useInspect } from '../store/inspect';
import { isFused, useStudio } from '../store/studio';
import { strings } from '../strings';
import { lookTitle, turnOf } from './sentence';

/** The sentence over the screen: what is true in what the visitor does there now. */
export function useTitle(): string {
  const { guess, side } = strings;
  const mode = useInspect((state) => state.mode);
  const round = useInspect((state) => state.round);
  const fused = useStudio(isFused);
  const answer = useStudio((state) => state.answer);
  const who = useStudio((state) => state.who);
  const stepped = useStudio((state) => state.stepped);
  if (mode === 'side') return side.title;
  if (mode === 'guess') return round === undefined ? guess.titleIdle : roundTitle(round);
  const turn = stepped === undefined || answer?.model !== 'fused' ? undefined : turnOf(answer, stepped.answer, stepped.steps);
  return turn ?? lookTitle(answer, fused ? who : undefined);
}

export function roundTitle(round: Round): string {
  const { guess, models } = strings;
  const { kind, answer: { tokens }, guesses } = round;
  if (kind === 'whole') return isOver(round) ? guess.titleDoneWhole(models[calledOverall(tokens)]) : guess.titleWhole;
  const word = routedWords(tokens)[guesses.length]?.token.text.trim();
  return word === undefined ? guess.titleDone : guess.title(word);
}
