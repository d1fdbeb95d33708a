import { join } from 'node:path';
import type { Tokenizer } from '../../src/data/tokenizer';
import { evaluateSuite, type SuiteResult } from '../../src/eval/evaluate';
import { modelAnswerer } from '../../src/eval/model_answerer';
import type { Score } from '../../src/eval/measures/bootstrap';
import type { Suite } from '../../src/eval/suite';
import { readModel } from '../../src/formats/model_files';
import type { Gpu } from '../../src/gpu/gpu';
import { directorySource } from '../../src/headless/directory';
import { FROZEN } from '../../src/model/policy';
import { ParameterStore } from '../../src/model/store';
import { TYPES } from '../../src/world/world';

/** What one model does on the test suite: each measure with the bounds of its 95 % interval. */
export interface Figure {
  readonly helpful: Score;
  readonly harmless: Score & { readonly refusesHarmful: number; readonly refusesBenign: number; readonly partial: number };
  readonly honest: Score & { readonly mc1: number; readonly truth: number };
  readonly hhh: Score;
}
export type Figures = Readonly<Record<string, Figure>>;

export const MODELS = ['base', ...TYPES] as const;
const LONGEST_ANSWER = 16;

/** Measures the base and the three aligned models. */
export async function measureAll(
  gpu: Gpu, folder: string, tokenizer: Tokenizer, suite: Suite, seed: number, onProgress: (done: number, total: number) => void,
): Promise<Figures> {
  const figures: [string, Figure][] = [];
  for (const [i, model] of MODELS.entries()) {
    const { config, weights } = await readModel(directorySource(join(folder, model)));
    const store = new ParameterStore(gpu, config, FROZEN);
    try {
      store.load(weights);
      const result = await evaluateSuite(modelAnswerer(model, store), suite, tokenizer, {
        maxNewTokens: LONGEST_ANSWER, eos: config.eos ?? [], maxLength: config.context, seed,
        onProgress: (done, total) => { onProgress(i * total + done, MODELS.length * total); },
      });
      figures.push([model, figure(result)]);
    } finally {
      store.dispose();
    }
  }
  return Object.fromEntries(figures);
}

function figure({ name, helpful, harmless, honest, hhh }: SuiteResult): Figure {
  if (helpful === null || harmless === null || honest === null || hhh === null) throw new RangeError(`${name}: a measure has no rows`);
  return {
    helpful: score(helpful),
    harmless: {
      ...score(harmless), refusesHarmful: round(harmless.harmful.refusal), refusesBenign: round(harmless.benign?.refusal ?? 0),
      partial: round(harmless.harmful.partial),
    },
    honest: { ...score(honest), mc1: round(honest.mc1), truth: round(honest.truth) },
    hhh: score(hhh),
  };
}

function score({ value, low, high }: Score): Score {
  return { value: round(value), low: round(low), high: round(high) };
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
