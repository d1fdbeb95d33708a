import type { Page } from 'playwright/test';
import type { EvaluatedModel } from '../src/engine/evaluation';
import type { Event, Voice } from '../src/engine/protocol';
import type { StepMetrics } from '../src/train/metrics';

/** The last layer's routing of one token, as it crossed. */
export interface TokenReport {
  readonly text: string;
  readonly shares: readonly number[]; // (experts)
  readonly probabilities: readonly number[]; // (experts)
}

/** What the fused model wrote, and after which step of its run. */
export interface AnswerReport {
  readonly step: number;
  readonly tokens: readonly TokenReport[];
}

/** All layers' routing of one token: [layer][expert], and the residual stream's length by layer. */
export interface RoutingReport {
  readonly text: string;
  readonly logits: readonly (readonly number[])[];
  readonly probabilities: readonly (readonly number[])[];
  readonly shares: readonly (readonly number[])[];
  readonly adds: readonly (readonly number[])[];
  readonly stream: readonly number[];
}

/** Mean router probabilities, [layer][dataset][expert]; NaN where nothing was reported. */
export type RouterReport = readonly (readonly (readonly number[])[])[];

interface Recording {
  engineEvents?: Event[];
}

/** What the real engine said to the page: a second listener beside the page's own. Nothing is changed, held back or added. */
export class EngineLog {
  private constructor(private readonly page: Page) {}

  /** To be called before the page loads. */
  static async attach(page: Page): Promise<EngineLog> {
    await page.addInitScript(() => {
      const events: Event[] = [];
      (globalThis as Recording).engineEvents = events;
      globalThis.Worker = class extends Worker {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(url, options);
          this.addEventListener('message', ({ data }: MessageEvent<Event>) => { events.push(data); });
        }
      };
    });
    return new EngineLog(page);
  }

  /** Runs of this page that are over. */
  async ended(): Promise<number> {
    return this.page.evaluate(() => {
      const phases = ((globalThis as Recording).engineEvents ?? []).flatMap((event) => (event.type === 'runState' ? [event.status.phase] : []));
      // An end is told again while it stands, and after a run that was refused.
      return phases.filter((phase, i) => (phase === 'finished' || phase === 'stopped') && phases[i - 1] !== phase && phases[i - 1] !== 'preparing').length;
    });
  }

  /** Steps of the newest run. */
  async steps(): Promise<StepMetrics[]> {
    return this.page.evaluate(() => {
      const events = (globalThis as Recording).engineEvents ?? [];
      const start = events.findLastIndex((event) => event.type === 'runState' && event.status.phase === 'preparing');
      return events.slice(start + 1).flatMap((event) => (event.type === 'metrics' ? event.points : []));
    });
  }

  /** Tokens of the newest answer. */
  async answer(): Promise<TokenReport[]> {
    const tokens = await this.tokens();
    const newest = tokens.at(-1)?.id;
    return tokens.filter(({ id }) => id === newest).map(({ report }) => report);
  }

  /** Answers of the model of the newest run, in the order in which they ended. */
  async answers(): Promise<AnswerReport[]> {
    const tokens = await this.tokens();
    const ends = await this.page.evaluate(() => {
      const events = (globalThis as Recording).engineEvents ?? [];
      const start = events.findLastIndex((event) => event.type === 'runState' && event.status.phase === 'preparing');
      return events.slice(start + 1).flatMap((event) => (event.type === 'done' && event.step !== undefined ? [{ id: event.id, step: event.step }] : []));
    });
    return ends.map(({ id, step }) => ({ step, tokens: tokens.filter((token) => token.id === id).map(({ report }) => report) }));
  }

  private async tokens(): Promise<{ readonly id: number; readonly report: TokenReport }[]> {
    return this.page.evaluate(() => ((globalThis as Recording).engineEvents ?? []).flatMap((event) => {
      if (event.type !== 'token') return [];
      const { id, text, routing } = event;
      const last = (values: Float32Array | undefined): number[] => (routing === undefined ? [] : Array.from(values ?? []).slice(-routing.experts));
      return [{ id, report: { text, shares: last(routing?.shares), probabilities: last(routing?.probabilities) } }];
    }));
  }

  /** Models that were measured, in the order in which they were. */
  async evaluated(): Promise<readonly EvaluatedModel[]> {
    return this.page.evaluate(() => ((globalThis as Recording).engineEvents ?? []).flatMap((event) => (event.type === 'evaluated' ? [event.result] : [])));
  }

  /** Of the newest answer, every layer; a token without a routing is left out. */
  async routing(): Promise<RoutingReport[]> {
    return this.page.evaluate(() => {
      const events = (globalThis as Recording).engineEvents ?? [];
      const tokens = events.filter((event) => event.type === 'token');
      const newest = tokens.at(-1)?.id;
      return tokens.flatMap(({ id, text, routing }) => {
        if (id !== newest || routing === undefined) return [];
        const { layers, experts, logits, probabilities, shares, adds, stream } = routing;
        const byLayer = (values: Float32Array | undefined): number[][] =>
          Array.from({ length: layers }, (_, layer) => Array.from(values?.subarray(layer * experts, (layer + 1) * experts) ?? []));
        return [{ text, logits: byLayer(logits), probabilities: byLayer(probabilities), shares: byLayer(shares), adds: byLayer(adds), stream: Array.from(stream ?? []) }];
      });
    });
  }

  /** What each said alone, as it was told last. */
  async voices(): Promise<readonly Voice[]> {
    return this.page.evaluate(() => {
      const told = ((globalThis as Recording).engineEvents ?? []).filter((event) => event.type === 'alone');
      return told.at(-1)?.voices ?? [];
    });
  }
}

/** What a heatmap of these steps must hold: a step without rows of a dataset says nothing about it, so the last word stands. */
export function lastRouterReport(steps: readonly StepMetrics[]): RouterReport {
  const result: number[][][] = [];
  for (const { router } of steps) {
    router?.probability.forEach((datasets, layer) => {
      datasets.forEach((experts, dataset) => {
        const row = ((result[layer] ??= [])[dataset] ??= experts.map(() => Number.NaN));
        experts.forEach((value, expert) => { if (!Number.isNaN(value)) row[expert] = value; });
      });
    });
  }
  return result;
}
