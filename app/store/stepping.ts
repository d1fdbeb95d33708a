import { newAnswer } from './answer';
import { ask, beginStepped, write } from './asking';
import { done, type History, interventionOf, isNeutral, NEUTRAL, redone, type Steps, undone } from './steps';
import { isFused, type StudioState, useStudio } from './studio';

/** A slider passes over many values; only where it rests is the model asked. */
const RESTS = 250;

let timer: ReturnType<typeof setTimeout> | undefined;
/** The newest asking: an older one that was kept waiting gives way. */
let newest = 0;

/** Changes what is done to the router, and asks the fused model again. */
export function stepIn(next: Steps): void {
  change((history) => done(history, next));
}

export function undo(): void {
  change(undone);
}

export function redo(): void {
  change(redone);
}

/** The router as it was trained; it can be undone as any other change. */
export function stepOut(): void {
  if (!isNeutral(useStudio.getState().steps.now)) stepIn(NEUTRAL);
}

function change(how: (history: History) => History): void {
  const { steps } = useStudio.getState();
  const next = how(steps);
  useStudio.setState({ steps: next });
  if (next.now === steps.now) return;
  clearTimeout(timer);
  timer = setTimeout(() => { void askStepped(); }, RESTS);
}

/** The prompt in the box; of the fused model also under what is done to its router. */
export async function askInspected(): Promise<void> {
  await ask();
  if (isComparable(useStudio.getState())) await askStepped();
}

/** An answer of the fused model as it is now, whole, under the settings of now: what another one may be compared with. */
function isComparable({ answer, answerSettings, run, levers }: StudioState): boolean {
  return answer?.model === 'fused' && (answer.state === 'end' || answer.state === 'length')
    && answer.step === run.step && answer.topK === levers?.topK && answer.settings === answerSettings;
}

/** The prompt of the answer on screen once more, under what is done now. */
async function askStepped(): Promise<void> {
  const mine = (newest += 1);
  const state = useStudio.getState();
  const { steps: { now } } = state;
  if (!isFused(state) || isNeutral(now)) {
    beginStepped();
    useStudio.setState({ stepped: undefined });
    return;
  }
  // What it is compared with is there first.
  if (!isComparable(state)) {
    useStudio.setState({ who: 'fused' });
    await ask();
  }
  const { answer, answerSettings } = useStudio.getState();
  if (mine !== newest || answer?.model !== 'fused' || (answer.state !== 'end' && answer.state !== 'length')) return;
  const { signal } = beginStepped();
  const { prompt } = answer;
  useStudio.setState({ stepped: { steps: now, answer: newAnswer('fused', prompt) } });
  await write({
    place: 'watch', model: 'fused', prompt, maxNewTokens: answerSettings.maxNewTokens, signal, before: undefined, intervention: interventionOf(now),
    set: (stepped) => { useStudio.setState({ stepped: stepped === undefined ? undefined : { steps: now, answer: stepped } }); },
  });
}
