import type { EngineClient } from '../../src/engine/client';
import type { EngineError } from '../../src/engine/protocol';
import { EXPERTS } from '../../src/engine/protocol';
import type { RunRecipe } from '../../src/engine/recipe';
import { Along } from './along';
import { dismiss, engine, errorOf, joinEngine, show } from './connection';
import { forgetFused } from './evaluation';
import { leversOf } from './levers';
import { Pace } from './pace';
import { loadRecording } from './recording';
import { RunRecord } from './run_record';
import { isTraining, useStudio } from './studio';

let along: Along | undefined;
/** The recipe of a run that is being prepared. */
let starting: RunRecipe | undefined;

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
    useStudio.setState(({ watched, prompt }) => ({ cards, prompts, ledger, prompt: prompt === '' ? first : prompt, watched: watched === '' ? first : watched }));
  });
  client.on('metrics', ({ points }) => {
    useStudio.getState().record?.push(points);
    void along?.ask();
  });
  client.on('runState', ({ status }) => {
    const fresh = status.phase === 'preparing' ? {} : { progress: undefined };
    useStudio.setState({ run: status, ...fresh });
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
  show(state === 'opening' ? 'open' : 'run', error);
}

/** What was recorded is no engine's: it is shown also where none can run. */
export async function openRecording(modelsUrl: string): Promise<void> {
  try {
    const recording = await loadRecording(modelsUrl);
    useStudio.setState(({ watched }) => ({ recording, watched: watched === '' ? recording.prompts[0] ?? '' : watched }));
  } catch (failure) {
    show('recording', errorOf(failure));
  }
}

/** Another prompt is watched; a fused model is asked it at once, and of its run that newest answer is shown. */
export function watch(prompt: string): void {
  dismiss('watch');
  useStudio.setState(({ record, cursor }) => ({ watched: prompt, cursor: record === undefined ? cursor : undefined }));
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
  starting = recipe;
  dismiss('run');
  try {
    await engine()?.fuse(recipe);
  } catch (failure) {
    useStudio.setState({ progress: undefined });
    show('run', errorOf(failure));
  }
}

/** The run before keeps the screen until the new one stands: a refused recipe changes nothing. */
function showStarted(totalSteps: number): void {
  if (starting === undefined) return;
  const record = new RunRecord(totalSteps, EXPERTS.length);
  const { runs } = useStudio.getState();
  useStudio.setState({ record, runs: runs + 1, fusedWith: starting, levers: leversOf(starting), marks: [], takes: [], cursor: undefined, who: 'fused', answer: undefined, compared: undefined, stepped: undefined });
  starting = undefined;
  forgetFused();
  along?.begin();
  void along?.ask();
}

export function pause(): void { engine()?.pause(); }
export function resume(): void { engine()?.resume(); }
export function singleStep(): void { engine()?.step(); }
export function stopRun(): void { engine()?.stop(); }
