import type { EngineClient } from '../../src/engine/client';
import { type EngineError, EXPERTS, LEVERS, type Levers } from '../../src/engine/protocol';
import type { RunRecipe } from '../../src/engine/recipe';
import { Along } from './along';
import { dismiss, engine, errorOf, joinEngine, show } from './connection';
import { forgetFused } from './evaluation';
import { forgetRun } from './forget';
import { leversAt, leversOf, type Mark } from './levers';
import { Pace } from './pace';
import { isOwn } from './own';
import { loadRecording } from './recording';
import { newRunId, type Run, type RunCard } from './run';
import { freshName } from './run_book';
import { RunRecord } from './run_record';
import { allRuns, currentRun, keepAtEnd } from './runs';
import { widestPrompt } from './take';
import { strings } from '../strings';
import { isRecorded, isTraining, useStudio } from './studio';

let along: Along | undefined;
/** A run that is being prepared: nothing of it is shown until it stands. */
interface Starting {
  readonly card: RunCard;
  readonly recipe: RunRecipe;
  readonly from?: { readonly parent: Run; readonly step: number };
}

let starting: Starting | undefined;
/** It has come, or failed to. */
let recordingSettled = false;

/** Joins the engine's pushes to the store and opens the embedded models. */
export async function connect(client: EngineClient, modelsUrl: string): Promise<void> {
  joinEngine(client);
  along = new Along(client);
  const pace = new Pace();
  client.on('progress', ({ stage, done, total }) => {
    const secondsLeft = pace.left(stage, done, total, performance.now());
    useStudio.setState({ progress: { stage, done, total, ...(secondsLeft === undefined ? {} : { secondsLeft }) } });
  });
  client.on('models', ({ cards, prompts, ledger }) => {
    const [first = ''] = prompts;
    // A link may have brought prompts of its own, and a layer that these models have not.
    const layers = cards[0]?.layers ?? Infinity;
    useStudio.setState(({ steps }) => (steps.now.layer !== undefined && steps.now.layer > layers ? { steps: { ...steps, now: { ...steps.now, layer: undefined } } } : {}));
    // Which of them is watched, the recording says; only where it says nothing it is the first.
    useStudio.setState(({ watched, prompt }) => ({
      cards, prompts, ledger, prompt: prompt === '' ? first : prompt, watched: watched === '' && recordingSettled ? first : watched,
    }));
  });
  client.on('metrics', ({ points }) => {
    useStudio.getState().record?.push(points);
    void along?.ask();
  });
  client.on('validated', ({ step, loss }) => { useStudio.getState().record?.validated({ step, loss }); });
  client.on('snapshots', ({ kept }) => { useStudio.setState(({ book }) => ({ book: { ...book, snapshots: kept } })); });
  keepAtEnd();
  useStudio.subscribe(({ runs, levers }, before) => {
    if (runs === before.runs && levers !== undefined && before.levers !== undefined && levers.topK !== before.levers.topK) void along?.ask(true);
  });
  client.on('runState', ({ status }) => {
    const fresh = status.phase === 'preparing' ? {} : { progress: undefined };
    useStudio.setState({ run: status, ...fresh });
    if (status.phase === 'idle') forgetRun();
    if (status.phase === 'running') showStarted(status.totalSteps);
    if (status.phase === 'finished' || status.phase === 'stopped') void along?.ask(true);
  });
  client.on('failed', ({ id, error }) => { if (id === undefined) engineFailed(error); });
  try {
    const adapter = await client.open(modelsUrl);
    useStudio.setState({ engine: 'ready', adapter, progress: undefined });
  } catch (failure) {
    engineFailed(errorOf(failure));
  }
}

function engineFailed(error: EngineError): void {
  const { engine: state, absence, run } = useStudio.getState();
  const noAdapter = error.code === 'no-gpu' ? 'no-adapter' : undefined;
  useStudio.setState({
    engine: 'failed',
    progress: undefined,
    absence: absence ?? noAdapter,
    run: isTraining(useStudio.getState()) ? { ...run, phase: 'failed' } : run,
  });
  show(state === 'opening' ? 'open' : 'page', error);
}

/** What was recorded is no engine's: it is shown also where none can run. */
export async function openRecording(modelsUrl: string): Promise<void> {
  try {
    const recording = await loadRecording(modelsUrl);
    useStudio.setState(({ watched }) => ({ recording, watched: watched === '' ? widestPrompt(recording.takes) ?? '' : watched }));
  } catch (failure) {
    show('recording', errorOf(failure));
  }
  recordingSettled = true;
  useStudio.setState(({ watched, prompts }) => ({ watched: watched === '' ? prompts[0] ?? '' : watched }));
}

/** Another prompt is watched; a fused model is asked it at once, and of its run that newest answer is shown. */
export function watch(prompt: string): void {
  dismiss('watch');
  useStudio.setState((state) => ({ watched: prompt, recited: undefined, cursor: isRecorded(state) ? state.cursor : undefined }));
  void along?.ask(true);
}

export function editRecipe(change: Partial<RunRecipe>): void {
  useStudio.setState(({ recipe, invalid }) => {
    const still = new Map(invalid);
    for (const field of Object.keys(change)) still.delete(field as keyof RunRecipe);
    return { recipe: { ...recipe, ...change }, invalid: still };
  });
}

export function markInvalid(field: keyof RunRecipe, typed: string): void {
  useStudio.setState(({ invalid }) => ({ invalid: new Map(invalid).set(field, typed) }));
}

export async function fuse(): Promise<void> {
  const { recipe } = useStudio.getState();
  await start({ card: newCard(), recipe });
}

/** A new run that goes on from one whose weights are kept, under other levers. */
export async function fork(parent: Run, step: number, levers: Levers): Promise<void> {
  await start({ card: { ...newCard(), parent: { name: parent.name, step } }, recipe: { ...parent.recipe, ...levers }, from: { parent, step } });
}

function newCard(): RunCard {
  const state = useStudio.getState();
  const names = allRuns(state).filter(({ since }) => since > 0).map(({ name }) => name);
  return { id: newRunId(), since: Date.now(), name: freshName(names, (n) => strings.train.runs.name(String(n))), own: state.cards.some(isOwn) };
}

async function start(next: Starting): Promise<void> {
  // A second press, before the first was heard.
  if (starting !== undefined) return;
  starting = next;
  dismiss('run');
  try {
    await engine()?.fuse(next.recipe, next.card.id, next.from === undefined ? undefined : { run: next.from.parent.id, step: next.from.step });
  } catch (failure) {
    show('run', errorOf(failure));
  } finally {
    // Refused, or stopped before it stood: the next run must not be taken for this one.
    if (starting === next) starting = undefined;
    useStudio.setState({ progress: undefined });
  }
}

/** The run before keeps the screen until the new one stands: a refused recipe changes nothing. */
function showStarted(totalSteps: number): void {
  if (starting === undefined) return;
  const { card, recipe, from } = starting;
  const state = useStudio.getState();
  const { runs, book } = state;
  const before = currentRun(state);
  const shelf = before === undefined || before.record.count === 0 ? book.shelf : [...book.shelf, before];
  const record = from?.parent.record.upTo(from.step) ?? new RunRecord(totalSteps, EXPERTS.length);
  const takes = from?.parent.takes.filter(({ step }) => step <= from.step) ?? [];
  useStudio.setState({ record, runs: runs + 1, fusedWith: recipe, levers: leversOf(recipe), marks: marksOf(starting), takes, book: { ...book, shelf, current: card, front: undefined }, cursor: undefined, who: 'fused', answer: undefined, compared: undefined, stepped: undefined });
  starting = undefined;
  forgetFused();
  along?.begin();
  void along?.ask();
}

/** What its parent had behind it, and the levers that it begins with. */
function marksOf({ recipe, from }: Starting): readonly Mark[] {
  if (from === undefined) return [];
  const { parent, step } = from;
  const were = leversAt(parent, step);
  const changed = LEVERS.filter((field) => were[field] !== recipe[field]).map((field): Mark => ({ step, field, from: were[field], to: recipe[field] }));
  return [...parent.marks.filter((mark) => mark.step < step), ...changed];
}

export function pause(): void { engine()?.pause(); }
export function resume(): void { engine()?.resume(); }
export function singleStep(): void { engine()?.step(); }
export function stopRun(): void { engine()?.stop(); }
