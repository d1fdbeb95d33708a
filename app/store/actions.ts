import { EngineFailure, type EngineClient } from '../../src/engine/client';
import type { AnswerModel, BaselineId, EngineError } from '../../src/engine/protocol';
import { EXPERTS } from '../../src/engine/protocol';
import { Refusal } from '../../src/errors/refusal';
import type { RunRecipe } from '../../src/engine/recipe';
import { Along } from './along';
import { type Answer, isBusy, newAnswer } from './answer';
import { loadRecording } from './recording';
import { RunRecord } from './run_record';
import { type ErrorPlace, isTraining, type PanelModel, useStudio } from './studio';

const CARD_TOKENS = 40;

let engine: EngineClient | undefined;
let along: Along | undefined;
let writer = new AbortController();
let comparer = new AbortController();
/** The recipe of a run that is being prepared. */
let starting: RunRecipe | undefined;
const sourceWriters = new Map<PanelModel, AbortController>();
/** Reason of an abort after which an answer's last words must not overwrite the next one's first. */
const REPLACED = 'replaced';

/** Joins the engine's pushes to the store and opens the embedded models. */
export async function connect(client: EngineClient, modelsUrl: string): Promise<void> {
  engine = client;
  along = new Along(client);
  client.on('progress', ({ stage, done, total }) => { useStudio.setState({ progress: { stage, done, total } }); });
  client.on('models', ({ cards, prompts }) => {
    useStudio.setState(({ watched }) => ({ cards, prompts, prompt: prompts[0] ?? '', watched: watched === '' ? prompts[0] ?? '' : watched }));
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
    await engine?.fuse(recipe);
  } catch (failure) {
    useStudio.setState({ progress: undefined });
    show('run', errorOf(failure));
  }
}

/** The run before keeps the screen until the new one stands: a refused recipe changes nothing. */
function showStarted(totalSteps: number): void {
  if (starting === undefined) return;
  const record = new RunRecord(totalSteps, EXPERTS.length);
  useStudio.setState({ record, fusedWith: starting, takes: [], cursor: undefined, who: 'fused', answer: undefined, compared: undefined });
  starting = undefined;
  along?.begin();
  void along?.ask();
}

export function pause(): void { engine?.pause(); }
export function resume(): void { engine?.resume(); }
export function singleStep(): void { engine?.step(); }
export function stopRun(): void { engine?.stop(); }

/** One prompt to each of `models`, one after another. */
export async function askSources(models: readonly PanelModel[]): Promise<void> {
  const { prompts, samePrompt } = useStudio.getState();
  const prompt = prompts[samePrompt] ?? '';
  dismiss('fuse');
  const turns = models.map((model) => ({
    model,
    signal: replace(model),
    before: useStudio.getState().sourceAnswers[model],
    set: (answer: Answer | undefined) => { setSource(model, answer); },
  }));
  for (const { model, set } of turns) set(newAnswer(model, prompt));
  for (const turn of turns) await write({ place: 'fuse', prompt, maxNewTokens: CARD_TOKENS, ...turn });
}

export function stopSources(): void {
  for (const writer of sourceWriters.values()) writer.abort();
}

export function anotherPrompt(): void {
  for (const writer of sourceWriters.values()) writer.abort(REPLACED);
  useStudio.setState(({ prompts, samePrompt }) => ({ samePrompt: (samePrompt + 1) % Math.max(1, prompts.length), sourceAnswers: {} }));
}

/** The prompt to whom it is meant for, and to the baseline that is compared. */
export async function ask(): Promise<void> {
  const { who, prompt, answerSettings, answer: before, baseline } = useStudio.getState();
  writer.abort(REPLACED);
  writer = new AbortController();
  dismiss('watch');
  const set = (answer: Answer | undefined): void => { useStudio.setState({ answer }); };
  set(newAnswer(who, prompt));
  comparer.abort(REPLACED);
  // The engine takes requests as they come: the baseline's waits for the end of this one.
  const written = write({ place: 'watch', model: who, prompt, maxNewTokens: answerSettings.maxNewTokens, signal: writer.signal, before, set });
  if (baseline === undefined) useStudio.setState({ compared: undefined });
  else await compare(baseline, prompt);
  await written;
}

/** What was still being written by the baseline before ends there. */
export function compareWith(baseline: BaselineId | undefined): void {
  const { baseline: before } = useStudio.getState();
  comparer.abort();
  if (before !== undefined) sourceWriters.get(before)?.abort();
  useStudio.setState({ baseline });
}

/** The prompt on screen to a baseline alone. */
export async function askBaseline(baseline: BaselineId): Promise<void> {
  const { answer, prompt } = useStudio.getState();
  dismiss('watch');
  await compare(baseline, answer?.prompt ?? prompt);
}

async function compare(baseline: BaselineId, prompt: string): Promise<void> {
  const { answerSettings: { maxNewTokens }, compared: before } = useStudio.getState();
  comparer.abort(REPLACED);
  comparer = new AbortController();
  const { signal } = comparer;
  const set = (compared: Answer | undefined): void => { useStudio.setState({ compared }); };
  set(newAnswer(baseline, prompt));
  await write({ place: 'watch', model: baseline, prompt, maxNewTokens, signal, before, set });
}

export function stopAnswer(): void {
  writer.abort();
  comparer.abort();
}

function replace(model: PanelModel): AbortSignal {
  sourceWriters.get(model)?.abort(REPLACED);
  const next = new AbortController();
  sourceWriters.set(model, next);
  return next.signal;
}

function setSource(model: PanelModel, answer: Answer | undefined): void {
  useStudio.setState(({ sourceAnswers: { [model]: _, ...others } }) => ({
    sourceAnswers: answer === undefined ? others : { ...others, [model]: answer },
  }));
}

interface Writing {
  readonly place: ErrorPlace;
  readonly model: AnswerModel;
  readonly prompt: string;
  readonly maxNewTokens: number;
  readonly signal: AbortSignal;
  /** The answer on screen, which a refused prompt leaves there. */
  readonly before: Answer | undefined;
  readonly set: (answer: Answer | undefined) => void;
}

async function write({ place, model, prompt, maxNewTokens, signal, before, set }: Writing): Promise<void> {
  const { temperature, topP, seed } = useStudio.getState().answerSettings;
  let answer = newAnswer(model, prompt);
  const update = (change: Partial<Answer>): void => {
    answer = { ...answer, ...change };
    if (signal.reason !== REPLACED) set(answer);
  };
  if (signal.aborted || engine === undefined) {
    update({ state: 'cancelled' });
    return;
  }
  try {
    const { reason } = await engine.generate({ model, prompt, maxNewTokens, temperature, topP, seed }, ({ text, elapsed, routing }) => {
      const token = routing === undefined ? { text } : { text, routing };
      update({ state: 'writing', tokens: [...answer.tokens, token], elapsed });
    }, signal);
    update({ state: reason });
  } catch (failure) {
    if (signal.reason === REPLACED) return;
    if (answer.tokens.length > 0) update({ state: 'failed' });
    else set(before !== undefined && isBusy(before) ? { ...before, state: 'cancelled' } : before);
    show(place, errorOf(failure));
  }
}

export function dismiss(place: ErrorPlace): void {
  useStudio.setState(({ errors: { [place]: _, ...others } }) => ({ errors: others }));
}

function show(place: ErrorPlace, error: EngineError): void {
  useStudio.setState(({ errors }) => ({ errors: { ...errors, [place]: error } }));
}

function errorOf(failure: unknown): EngineError {
  if (failure instanceof EngineFailure) return failure.error;
  if (failure instanceof Refusal) return { code: failure.code, message: failure.message, detail: failure.detail };
  return { code: 'unexpected', message: failure instanceof Error ? failure.message : String(failure), detail: {} };
}
