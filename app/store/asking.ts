import type { AnswerModel, BaselineId, RouterIntervention } from '../../src/engine/protocol';
import { type Answer, isBusy, newAnswer } from './answer';
import { dismiss, engine, errorOf, show } from './connection';
import { type ErrorPlace, type PanelModel, useStudio } from './studio';

const CARD_TOKENS = 40;

let writer = new AbortController();
let comparer = new AbortController();
/** Of what the fused model says under an intervention. */
let stepper = new AbortController();
const sourceWriters = new Map<PanelModel, AbortController>();
/** Reason of an abort after which an answer's last words must not overwrite the next one's first. */
export const REPLACED = 'replaced';

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
  beginStepped();
  useStudio.setState({ stepped: undefined });
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
  stepper.abort();
}

/** A new answer under an intervention, or none: the one before it is not waited for. */
export function beginStepped(): AbortController {
  stepper.abort(REPLACED);
  stepper = new AbortController();
  return stepper;
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

export interface Writing {
  readonly place: ErrorPlace;
  readonly model: AnswerModel;
  readonly prompt: string;
  readonly maxNewTokens: number;
  readonly signal: AbortSignal;
  readonly intervention?: RouterIntervention;
  /** The answer on screen, which a refused prompt leaves there. */
  readonly before: Answer | undefined;
  readonly set: (answer: Answer | undefined) => void;
}

/** One answer, token by token. A refusal leaves what was there, and says so at its place. */
export async function write({ place, model, prompt, maxNewTokens, signal, before, set, intervention }: Writing): Promise<void> {
  const { answerSettings: settings, levers } = useStudio.getState();
  const { temperature, topP, seed } = settings;
  let answer: Answer = { ...newAnswer(model, prompt), settings, ...(levers === undefined ? {} : { topK: levers.topK }) };
  const update = (change: Partial<Answer>): void => {
    answer = { ...answer, ...change };
    if (signal.reason !== REPLACED) set(answer);
  };
  const client = engine();
  if (signal.aborted || client === undefined) {
    update({ state: 'cancelled' });
    return;
  }
  try {
    const request = { model, prompt, maxNewTokens, temperature, topP, seed, ...(intervention === undefined ? {} : { intervention }) };
    const { reason, kl, step } = await client.generate(request, ({ text, ids, elapsed, routing }) => {
      const token = routing === undefined ? { text, ids } : { text, ids, routing };
      update({ state: 'writing', tokens: [...answer.tokens, token], elapsed });
    }, signal);
    update({ state: reason, ...(kl === undefined ? {} : { kl }), ...(step === undefined ? {} : { step }) });
  } catch (failure) {
    if (signal.reason === REPLACED) return;
    if (answer.tokens.length > 0) update({ state: 'failed' });
    else set(before !== undefined && isBusy(before) ? { ...before, state: 'cancelled' } : before);
    show(place, errorOf(failure));
  }
}
