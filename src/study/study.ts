import type { Tokenizer } from '../data/tokenizer';
import { Refusal } from '../errors/refusal';
import type { Answerer } from '../eval/answerer';
import { modelAnswerer } from '../eval/model_answerer';
import type { Suite } from '../eval/suite';
import type { HostModel } from '../fusion/assemble';
import type { GridLevel } from '../fusion/merge/grid';
import type { Gpu } from '../gpu/gpu';
import type { LabelledRow } from '../model/batch';
import { FROZEN } from '../model/policy';
import { ParameterStore } from '../model/store';
import { Pace } from './pace';
import { score, suiteSize, type Scores } from './scores';

/** Sequences at once. */
const BATCH = 128;

/** On 'validation' everything is tuned, on 'test' nothing is. */
export type StudySplit = 'validation' | 'test';

/** What is compared, and on what. */
export interface StudyData {
  /** Stands for models, rows, suites and the code in keys: a hash of all of them. */
  readonly identity: string;
  readonly base: HostModel;
  /** In the order of the labels. */
  readonly aligned: readonly HostModel[];
  readonly tokenizer: Tokenizer;
  /** What fusion gets, labelled with the expert. */
  readonly rows: readonly LabelledRow[];
  /** What the aligned models were trained on, all together. */
  readonly full?: FullData;
  readonly suites: Readonly<Record<StudySplit, Suite>>;
}

export interface FullData {
  readonly rows: readonly LabelledRow[];
  /** Of all alignments together. */
  readonly steps: number;
  readonly batch: number;
}

/** Where finished units are kept, so that an interrupted study goes on. `name` is for people, `key` says all that decides the result. */
export interface Units {
  readonly read: (name: string, key: string) => Promise<unknown>;
  readonly write: (name: string, key: string, value: unknown) => Promise<void>;
}

export interface StudyOptions {
  readonly units?: Units;
  readonly pace?: Pace;
  readonly signal?: AbortSignal;
  /** How finely everything is tuned; 'coarse' is for a quick look. */
  readonly level?: GridLevel;
  /** Most tokens of an answer, on both splits: settings are chosen by what they are then measured by. */
  readonly maxNewTokens?: number;
}

export const MAX_NEW_TOKENS = 32;

/** Models, rows and suites on one GPU, and the units of work that are done on them. */
export class Study {
  /** Units that were found done. */
  resumed = 0;
  readonly pace: Pace;
  readonly signal: AbortSignal | undefined;
  readonly level: GridLevel;
  readonly maxNewTokens: number;
  private readonly units: Units | undefined;
  private readonly known = new Map<string, unknown>();
  private stores: readonly ParameterStore[] | undefined;

  constructor(
    readonly gpu: Gpu, readonly data: StudyData, { units, pace = new Pace(), signal, level = 'fine', maxNewTokens = MAX_NEW_TOKENS }: StudyOptions = {},
  ) {
    this.units = units;
    this.pace = pace;
    this.signal = signal;
    this.level = level;
    this.maxNewTokens = maxNewTokens;
  }

  /** Does a piece of work once: what it gave before, in this study or an earlier one, is taken. T is plain JSON. */
  async unit<T>(name: string, settings: unknown, work: () => Promise<T>): Promise<T> {
    const key = JSON.stringify([this.data.identity, this.level, this.maxNewTokens, name, settings]);
    if (this.known.has(key)) return this.known.get(key) as T;
    const found = await this.units?.read(name, key);
    const result = found === undefined ? await work() : found as T;
    if (found === undefined) await this.units?.write(name, key, result);
    else this.resumed += 1;
    this.known.set(key, result);
    return result;
  }

  answerer(name: string, store: ParameterStore): Answerer {
    return modelAnswerer(name, store, { batch: BATCH });
  }

  /** `cost` is how much more an answer takes than one model's. Throws a Refusal 'cancelled' once the signal is aborted. */
  async score(answerer: Answerer, split: StudySplit, cost = 1): Promise<Scores> {
    const { tokenizer, suites, base: { config } } = this.data;
    this.requireNotAborted();
    let before = 0;
    return score(answerer, suites[split], tokenizer, {
      maxNewTokens: this.maxNewTokens, maxLength: config.context, eos: this.eos,
      onProgress: (done) => {
        this.pace.spend((done - before) * cost);
        before = done;
      },
      ...(this.signal === undefined ? {} : { signal: this.signal }),
    }).catch((error: unknown) => {
      // Of the two sentences the study's own says how to go on.
      this.requireNotAborted();
      throw error;
    });
  }

  get eos(): readonly number[] {
    const { tokenizer, base: { config } } = this.data;
    return config.eos ?? (tokenizer.eos === undefined ? [] : [tokenizer.eos]);
  }

  /** Rows that an evaluation answers. */
  size(split: StudySplit): number {
    return suiteSize(this.data.suites[split]);
  }

  /** The aligned models on the GPU, for as long as the study. */
  async members(): Promise<readonly ParameterStore[]> {
    this.stores ??= this.data.aligned.map((model) => this.storeOf(model));
    await this.gpu.ready();
    return this.stores;
  }

  /** The caller disposes it. */
  storeOf({ config, weights }: HostModel): ParameterStore {
    const store = new ParameterStore(this.gpu, config, FROZEN);
    store.load(weights);
    return store;
  }

  requireNotAborted(): void {
    if (this.signal?.aborted !== true) return;
    throw new Refusal('cancelled', { field: 'study', expected: 'to run to its end', got: 'an interruption', fix: 'run it again to go on' });
  }

  dispose(): void {
    for (const store of this.stores ?? []) store.dispose();
    this.stores = undefined;
  }
}
