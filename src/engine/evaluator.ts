import { Refusal } from '../errors/refusal';
import { expertDrift } from '../eval/drift';
import { EVALUATION, evaluateSuite, requireNotAborted } from '../eval/evaluate';
import { DEFAULT_BATCH, modelAnswerer } from '../eval/model_answerer';
import type { Suite } from '../eval/suite';
import { suiteRouting } from '../eval/suite_routing';
import type { ParameterStore } from '../model/store';
import {
  INTERVAL_SEED, type EvaluatedModel, type EvaluateRequest, type EvaluationProgress, type ExaminedModel, type Measures, type RouterReport, type TriedMerge,
  type TryRequest,
} from './evaluation';
import { mapModels } from './mapper';
import { measuredOf, openMeasured, openMerge, snapshotFused, type Measured, type Models } from './measured';
import { measuresOf, nothingMeasured, plainDrift, secondsSince } from './measures';
import { paced } from './progress_pace';
import { type AnswerModel, type Event, EXPERTS, type RequestId } from './protocol';
import type { Site } from './site';
import { openStore } from './sources';
import { Suites } from './suites';
import type { Turns } from './turns';
import { noFusedModel } from './writers';

export interface EvaluatorParts extends Models {
  readonly site: Site;
  readonly turns: Turns;
  readonly emit: (event: Event) => void;
}

/** What one measurement shares its time with. */
export interface Session {
  readonly suite: Suite;
  readonly signal: AbortSignal;
  /** Lets others in, after every batch. */
  readonly between: () => Promise<void>;
  readonly onProgress: (progress: EvaluationProgress) => void;
}

/**
 * Measures the studio's models on the embedded suite, one at a time. Every batch is a turn: an answer, or a step of a run on its
 * way, waits no longer than that. The fused model is measured as a copy of its weights at one step, so that neither waits for
 * the other's end.
 */
export class Evaluator {
  private readonly suites: Suites;

  constructor(private readonly parts: EvaluatorParts) {
    this.suites = new Suites(parts.site);
  }

  /** Pushes 'evaluated' for every model and answers with 'done'. @throws Refusal before anything is measured where 'fused' has no run yet. */
  async evaluate(id: RequestId, { models, split, limit }: EvaluateRequest, signal: AbortSignal): Promise<void> {
    if (models.includes('fused')) this.requireRun();
    const { emit } = this.parts;
    await this.untilCancelled(id, signal, async () => {
      const suite = await this.suites.read(split, limit);
      const onProgress = this.progress(id);
      for (const model of models) {
        const result = await this.parts.turns.share((between) => this.measure(model, { suite, signal, between, onProgress }));
        emit({ type: 'evaluated', id, result });
      }
      emit({ type: 'done', id, reason: 'end' });
    });
  }

  /** Answers with 'examined', or with 'done' where it was cancelled. @throws Refusal before the first run. */
  async examine(id: RequestId, signal: AbortSignal): Promise<void> {
    this.requireRun();
    await this.untilCancelled(id, signal, async () => {
      const suite = await this.suites.read('test');
      const onProgress = this.progress(id);
      const result = await this.parts.turns.share((between) => this.lookInside({ suite, signal, between, onProgress }));
      this.parts.emit({ type: 'examined', id, result });
    });
  }

  /** Answers with 'tried', or with 'done' where it was cancelled. @throws Refusal for scales that are out of range or not one for each. */
  async try(id: RequestId, request: TryRequest, signal: AbortSignal): Promise<void> {
    await this.untilCancelled(id, signal, async () => {
      const suite = await this.suites.read(request.split, request.limit);
      const onProgress = this.progress(id);
      const result = await this.parts.turns.share((between) => this.measureMerge(request, { suite, signal, between, onProgress }));
      this.parts.emit({ type: 'tried', id, result });
    });
  }

  /** Answers with 'mapped', or with 'done' where it was cancelled. */
  async map(id: RequestId, signal: AbortSignal): Promise<void> {
    await this.untilCancelled(id, signal, async () => {
      const suite = await this.suites.read('test');
      const onProgress = this.progress(id);
      const result = await this.parts.turns.share((between) => mapModels(this.parts, { suite, signal, between, onProgress }));
      this.parts.emit({ type: 'mapped', id, result });
    });
  }

  private async measureMerge({ scales, split }: TryRequest, session: Session): Promise<TriedMerge> {
    requireNotAborted(session.signal);
    const started = performance.now();
    const placed = await openMerge({ method: 'task-arithmetic', scales }, this.parts);
    try {
      const measures = await this.measureOnce(measuredOf('tried', placed), session, { model: 'task-arithmetic' });
      return { scales, split, ...measures, seconds: secondsSince(started) };
    } finally {
      placed.close();
    }
  }

  private async measure(model: AnswerModel, session: Session): Promise<EvaluatedModel> {
    requireNotAborted(session.signal);
    const started = performance.now();
    const measured = await openMeasured(model, this.parts);
    try {
      const measures = await this.measureOnce(measured, session, { model });
      const step = measured.step === undefined ? {} : { step: measured.step };
      return { model, ...step, ...measures, seconds: secondsSince(started) };
    } finally {
      measured.close();
    }
  }

  private async lookInside(session: Session): Promise<ExaminedModel> {
    requireNotAborted(session.signal);
    const started = performance.now();
    const { host, step, sources: { base, experts } } = await snapshotFused(this.parts);
    const { byLayer, byExpert } = expertDrift(base, experts, host);
    const drift = { byLayer: byLayer.map((layer) => layer.map(plainDrift)), byExpert: byExpert.map(plainDrift) };
    const store = await openStore(this.parts.gpu, host);
    try {
      const router = await this.routers(store, session);
      const ablation: ExaminedModel['ablation'][number][] = [];
      for (const [e, muted] of EXPERTS.entries()) {
        const answerer = modelAnswerer(`fused without ${muted}`, store, { muted: 1 << e });
        ablation.push({ muted, ...await this.measureOnce({ answerer, config: store.config }, session, { model: 'fused', part: muted }) });
      }
      return { step, router, drift, ablation, seconds: secondsSince(started) };
    } finally {
      store.dispose();
    }
  }

  private async routers(store: ParameterStore, { suite, signal, between, onProgress }: Session): Promise<RouterReport> {
    const routing = await suiteRouting(store, suite, this.parts.embedded.tokenizer, {
      batch: DEFAULT_BATCH, signal, between, onProgress: (done, total) => { onProgress({ model: 'fused', part: 'router', done, total }); },
    });
    requireNotAborted(signal);
    if (routing === undefined) throw nothingMeasured();
    return routing;
  }

  private async measureOnce(
    { answerer, config: { eos, context } }: Pick<Measured, 'answerer' | 'config'>, { suite, signal, between, onProgress }: Session,
    what: Pick<EvaluationProgress, 'model' | 'part'>,
  ): Promise<Measures> {
    const { tokenizer } = this.parts.embedded;
    return measuresOf(await evaluateSuite(answerer, suite, tokenizer, {
      ...EVALUATION, seed: INTERVAL_SEED, maxLength: context, signal, between,
      eos: eos ?? (tokenizer.eos === undefined ? [] : [tokenizer.eos]),
      onProgress: (done, total) => { onProgress({ ...what, done, total }); },
    }));
  }

  /** An interruption is no failure: it is what was asked for. */
  private async untilCancelled(id: RequestId, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!signal.aborted || !(error instanceof Refusal) || error.code !== 'cancelled') throw error;
      this.parts.emit({ type: 'done', id, reason: 'cancelled' });
    }
  }

  private progress(id: RequestId): (progress: EvaluationProgress) => void {
    return paced((progress) => { this.parts.emit({ type: 'evaluating', id, ...progress }); });
  }

  private requireRun(): void {
    if (this.parts.fused() === undefined) throw noFusedModel();
  }
}
