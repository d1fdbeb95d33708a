import { Refusal } from '../errors/refusal';
import { decimals, mergeGrid, refine } from '../fusion/merge/grid';
import { merge } from '../fusion/merge/merge';
import { MERGES } from '../fusion/merge/merges';
import { each, type MergeMethod, type MergeSettings } from '../fusion/merge/settings';
import { tune, type Contender, type Row, type Tuned } from './contender';
import { meanScores, NOTHING, type Scores } from './scores';
import type { Study } from './study';

/** Steps of the descent from the best of the grid, in units of a scale. */
const STEPS = [0.1, 0.05] as const;

interface MergeContender {
  readonly id: string;
  readonly name: string;
  readonly method: MergeMethod;
  readonly starts?: (settings: MergeSettings) => boolean;
  readonly moves?: (best: MergeSettings, models: number, step: number) => readonly MergeSettings[];
  /** Where the descent goes on after the grid, before single steps. */
  readonly leap?: (best: MergeSettings, models: number) => readonly MergeSettings[];
  /** Settings that the descent looks at, about. */
  readonly descent?: number;
}

/** Every merge of src/fusion/merge. */
const MERGES_COMPARED: readonly MergeContender[] = [
  { id: 'soup', name: 'model soup', method: 'soup' },
  {
    id: 'task-arithmetic', name: 'task arithmetic, one scale', method: 'task-arithmetic', descent: 3,
    starts: (settings) => settings.method === 'task-arithmetic' && settings.scales.length === 1,
    moves: (best, _, step) => refine(best, 1, step),
  },
  { id: 'task-arithmetic-each', name: 'task arithmetic, one scale each', method: 'task-arithmetic', moves: refine, descent: 30 },
  { id: 'ties', name: 'TIES', method: 'ties', moves: tiesMoves, descent: 12 },
  { id: 'dare', name: 'DARE', method: 'dare', leap: dareLeap, moves: refine, descent: 60 },
  { id: 'slerp', name: 'SLERP', method: 'slerp', moves: slerpMoves, descent: 15 },
];

/** Each tuned over its grid, and from the grid's best on by coordinate descent, which may leave the grid. */
export const MERGE_CONTENDERS: readonly Contender[] = MERGES_COMPARED.map(contender);

function contender({ id, name, method, starts = () => true, leap, moves, descent = 0 }: MergeContender): Contender {
  const grid = ({ level, data }: Study): readonly MergeSettings[] => mergeGrid(method, level, data.aligned.length).filter(starts);
  return {
    id, name, kind: 'merge', paper: MERGES[method].paper,
    estimate: (study, seeds) => (grid(study).length + (study.level === 'fine' ? descent : 0)) * study.size('validation')
      + (method === 'dare' ? seeds.length * (study.size('validation') + study.size('test')) : study.size('test')),
    run: (study, seeds) => study.unit(id, method === 'dare' ? { seeds } : {}, () => withMerges(study, async (scoreOf) => {
      const models = study.data.aligned.length;
      const found = await study.unit(`${id} tuning`, {}, () => tune(
        grid(study), (settings) => scoreOf(settings, 'validation'),
        study.level === 'coarse' ? [] : [
          ...(leap === undefined ? [] : [(best: MergeSettings) => leap(best, models)]),
          ...(moves === undefined ? [] : STEPS.map((step) => (best: MergeSettings) => moves(best, models, step))),
        ],
      ));
      return { id, name, kind: 'merge', ...await finished(found, seeds, scoreOf) };
    })),
  };
}

/** On the test split. DARE draws what it drops, and is tuned with one draw: its scores are means over as many as there are seeds. */
async function finished(
  found: Tuned<MergeSettings>, seeds: readonly number[], scoreOf: ScoreMerge,
): Promise<Omit<Row, 'id' | 'name' | 'kind'>> {
  const { settings } = found;
  if (settings.method !== 'dare') return { ...found, ...await scoreOf(settings, 'test') };
  const validation: Scores[] = [];
  const test: Scores[] = [];
  for (const seed of seeds) {
    validation.push(await scoreOf({ ...settings, seed }, 'validation'));
    test.push(await scoreOf({ ...settings, seed }, 'test'));
  }
  return { ...found, seeds, validation: meanScores(validation), ...meanScores(test) };
}

/**
 * Unequal scales, where task arithmetic begins with them: DARE's grid has equal ones alone, and single steps may not lead
 * from these to better ones. Then the other drops.
 */
function dareLeap(best: MergeSettings, models: number): readonly MergeSettings[] {
  if (best.method !== 'dare') return [];
  const unequal = mergeGrid('task-arithmetic', 'fine', models)
    .flatMap((other) => (other.method === 'task-arithmetic' && other.scales.length > 1 ? [{ ...best, scales: other.scales }] : []));
  const drops = mergeGrid('dare', 'fine', models).flatMap((other) => (other.method === 'dare' ? [other.drop] : []));
  return [...unequal, ...[...new Set(drops)].map((drop) => ({ ...best, drop }))];
}

/** Scales are larger numbers than densities, and go by double steps. */
function tiesMoves(best: MergeSettings, _: number, step: number): readonly MergeSettings[] {
  if (best.method !== 'ties') return [];
  const { density, scale } = best;
  const scales = [scale - 2 * step, scale + 2 * step].map((other) => ({ ...best, scale: decimals(other) }));
  const densities = [density - step, density + step].filter((other) => other > 0 && other <= 1).map((other) => ({ ...best, density: decimals(other) }));
  return [...scales, ...densities];
}

/** One weight half as much again, or by that much less; with the smaller step a quarter. */
function slerpMoves(best: MergeSettings, models: number, step: number): readonly MergeSettings[] {
  if (best.method !== 'slerp') return [];
  return reweighed(each(best.weights, models), 1 + 5 * step).map((weights) => ({ ...best, weights }));
}

/** One weight a factor less or more, each in turn. */
export function reweighed(weights: readonly number[], factor: number): readonly (readonly number[])[] {
  return weights.flatMap((own, i) => [own / factor, own * factor].map((other) => weights.with(i, decimals(other))));
}

type ScoreMerge = (settings: MergeSettings, split: 'validation' | 'test') => Promise<Scores>;

/** One store takes every candidate's weights in turn. */
async function withMerges<T>(study: Study, use: (scoreOf: ScoreMerge) => Promise<T>): Promise<T> {
  const { base, aligned } = study.data;
  const store = study.storeOf(base);
  try {
    await study.gpu.ready();
    return await use(async (settings, split) => {
      try {
        store.load(merge(base, aligned, settings).weights);
        return await study.score(study.answerer(settings.method, store), split);
      } catch (error) {
        // Scales that no model survives have lost, they do not end the study.
        if (error instanceof Refusal && error.code === 'not-finite') return NOTHING;
        throw error;
      }
    });
  } finally {
    store.dispose();
  }
}
