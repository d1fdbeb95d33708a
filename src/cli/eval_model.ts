import type { Tokenizer } from '../data/tokenizer';
import { evaluateSuite, requireNotAborted, type SuiteResult } from '../eval/evaluate';
import { modelAnswerer } from '../eval/model_answerer';
import type { Suite } from '../eval/suite';
import { suiteRouting, type SuiteRouting } from '../eval/suite_routing';
import type { ModelConfig } from '../formats/hf_config';
import type { ParameterStore } from '../model/store';
import type { Context } from './command';
import type { NamedDrift } from './eval_drift';
import type { NamedModel } from './open_models';

export interface TokenizedModel extends NamedModel {
  readonly tokenizer: Tokenizer;
}

export interface EvalSettings {
  readonly suite: Suite;
  readonly maxNewTokens: number;
  readonly seed: number;
  /** Sequences at once. */
  readonly batch: number;
  /** Measure again with each expert silenced in turn. */
  readonly ablate: boolean;
}

export interface ModelResult extends SuiteResult {
  /** The model without one of its experts, named by it, in their order; absent where it was not asked for, and for dense models. */
  readonly ablation?: readonly SuiteResult[];
  /** Absent for a model without experts named after the suite's kinds. */
  readonly router?: SuiteRouting;
  /** Absent where base and aligned models were not given. */
  readonly drift?: NamedDrift;
}

interface Session {
  readonly settings: EvalSettings;
  readonly context: Pick<Context, 'progress'>;
  readonly signal: AbortSignal;
}

/** Everything that is measured of one model. Throws a Refusal 'cancelled' where it was interrupted before its end. */
export async function evaluateModel(model: TokenizedModel, store: ParameterStore, session: Session): Promise<ModelResult> {
  const measured = await measureOnce(model, model.name, store, session);
  const router = await measureRouter(model, store, session);
  const result = router === undefined ? measured : { ...measured, router };
  if (!session.settings.ablate || store.config.experts === 1) return result;
  const ablation: SuiteResult[] = [];
  for (const [expert, name] of expertNames(store.config).entries()) {
    const without = await measureOnce(model, `${model.name} without ${name}`, store, session, 1 << expert);
    ablation.push({ ...without, name });
  }
  return { ...result, ablation };
}

async function measureRouter(
  { name, tokenizer }: TokenizedModel, store: ParameterStore, { settings, context, signal }: Session,
): Promise<SuiteRouting | undefined> {
  if (store.config.experts === 1) return undefined;
  const progress = context.progress(`routers of ${name}`);
  try {
    const routing = await suiteRouting(store, settings.suite, tokenizer, {
      batch: settings.batch, signal, onProgress: (done, total) => { progress.show(done, total); },
    });
    requireNotAborted(signal);
    return routing;
  } finally {
    progress.end();
  }
}

/** What the experts were aligned for, or their numbers where config.json names none. */
export function expertNames({ experts, expertNames: names }: ModelConfig): readonly string[] {
  return names ?? Array.from({ length: experts }, (_, i) => `expert ${i}`);
}

/** muted: bit e silences expert e. */
async function measureOnce(
  { tokenizer }: TokenizedModel, label: string, store: ParameterStore, { settings, context, signal }: Session, muted = 0,
): Promise<SuiteResult> {
  const { suite, batch, maxNewTokens, seed } = settings;
  const progress = context.progress(label);
  const answerer = modelAnswerer(label, store, { batch, ...(muted === 0 ? {} : { muted }) });
  const { eos, context: maxLength } = store.config;
  try {
    return await evaluateSuite(answerer, suite, tokenizer, {
      maxNewTokens, seed, maxLength, signal,
      eos: eos ?? (tokenizer.eos === undefined ? [] : [tokenizer.eos]),
      onProgress: (done, total) => { progress.show(done, total); },
    });
  } finally {
    progress.end();
    answerer.dispose();
  }
}
