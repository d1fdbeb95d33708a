import { newAnswer } from './answer';
import { ask, write } from './asking';
import { done, interventionOf, isNeutral, NEUTRAL, redone, type Steps, undone } from './steps';
import { isFused, useStudio } from './studio';

/** A slider passes over many values; only where it rests is the model asked. */
const RESTS = 250;

let timer: ReturnType<typeof setTimeout> | undefined;
let writer = new AbortController();

/** Changes what is done to the router, and asks the fused model again. */
export function stepIn(next: Steps): void {
  useStudio.setState(({ steps }) => ({ steps: done(steps, next) }));
  soon();
}

export function undo(): void {
  useStudio.setState(({ steps }) => ({ steps: undone(steps) }));
  soon();
}

export function redo(): void {
  useStudio.setState(({ steps }) => ({ steps: redone(steps) }));
  soon();
}

/** The router as it was trained; it can be undone as any other change. */
export function stepOut(): void {
  if (!isNeutral(useStudio.getState().steps.now)) stepIn(NEUTRAL);
}

/** The prompt in the box; of the fused model also under what is done to its router. */
export async function askInspected(): Promise<void> {
  await ask();
  if (useStudio.getState().answer?.model === 'fused') await askStepped();
}

function soon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => { void askStepped(); }, RESTS);
}

/** The prompt of the answer on screen once more, under what is done now. */
export async function askStepped(): Promise<void> {
  const state = useStudio.getState();
  const { steps: { now }, answerSettings: { maxNewTokens } } = state;
  writer.abort();
  if (!isFused(state) || isNeutral(now)) {
    useStudio.setState({ stepped: undefined });
    return;
  }
  // What it is compared with is there first.
  if (state.answer?.model !== 'fused') {
    useStudio.setState({ who: 'fused' });
    await ask();
  }
  const prompt = useStudio.getState().answer?.prompt;
  if (prompt === undefined) return;
  writer = new AbortController();
  const { signal } = writer;
  const before = useStudio.getState().stepped;
  useStudio.setState({ stepped: newAnswer('fused', prompt) });
  await write({
    place: 'watch', model: 'fused', prompt, maxNewTokens, signal, before, intervention: interventionOf(now),
    set: (stepped) => { if (!signal.aborted) useStudio.setState({ stepped }); },
  });
}
