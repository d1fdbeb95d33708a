import { Refusal } from '../errors/refusal';
import type { SuiteResult } from '../eval/evaluate';
import type { ExpertDrift } from '../eval/drift';
import type { Drift, Measures } from './evaluation';

/** Of an evaluation what crosses to the page. @throws Refusal 'empty-dataset' where a measure has no rows that fit. */
export function measuresOf({ helpful, harmless, honest, hhh }: SuiteResult): Measures {
  if (helpful === null || harmless === null || honest === null || hhh === null) throw nothingMeasured();
  const { harmful, benign } = harmless;
  return {
    rows: { helpful: helpful.rows, harmful: harmful.rows, benign: benign?.rows ?? 0, honest: honest.rows },
    helpful: interval(helpful), harmless: interval(harmless), honest: interval(honest), hhh: interval(hhh),
    details: {
      refusesHarmful: harmful.refusal, refusesBenign: benign?.refusal ?? null, partial: harmful.partial, mc1: honest.mc1, truth: honest.truth,
    },
  };
}

function interval({ value, low, high }: Measures['hhh']): Measures['hhh'] {
  return { value, low, high };
}

/** JSON has no infinity. */
export function plainDrift({ moved, aligned, relative }: ExpertDrift): Drift {
  return { moved, aligned, relative: Number.isFinite(relative) ? relative : null };
}

export function secondsSince(started: number): number {
  return (performance.now() - started) / 1000;
}

export function nothingMeasured(): Refusal {
  return new Refusal('empty-dataset', {
    file: 'the suite', expected: 'helpful, harmful and honest rows that fit the context', got: 'none for one of them', fix: 'restore its files and reload',
  });
}
