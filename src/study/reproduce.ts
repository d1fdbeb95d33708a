import { Refusal } from '../errors/refusal';
import { DEFAULT_RECIPE, type FusionRecipe } from '../fusion/recipe';
import { contenders, planAll, runAll } from './contenders';
import type { Kind, Row } from './contender';
import { largest, meanScores, type Scores } from './scores';
import { singles } from './singles';
import type { Study } from './study';
import { fusedEstimate, fusedRun, type Run } from './train';

/** HHH of the fused model over that of the best aligned model, ensemble and merge, as the paper's abstract has them. */
export const PAPER_MARGINS = { aligned: 1.1137, ensemble: 1.1377, merge: 1.0618 } as const;

export interface Named extends Scores {
  readonly name: string;
}

export interface SeedRun extends Scores {
  readonly seed: number;
  readonly seconds: number;
  readonly routerAccuracy: number | null;
}

export interface ReproduceResult {
  readonly fused: Named;
  readonly bestAligned: Named;
  /** Of all tuned ensembles (merges) the one with the highest HHH on the test split: the harsher choice against the fused model. */
  readonly bestEnsemble: Named;
  readonly bestMerge: Named;
  /** HHH of the fused model over the other's. */
  readonly ratios: Readonly<Record<keyof typeof PAPER_MARGINS, number>>;
  readonly others: readonly Row[];
  /** Every row, with what tuning chose. */
  readonly all: readonly Row[];
  readonly perSeed: readonly SeedRun[];
}

export interface ReproduceOptions {
  readonly recipe: FusionRecipe;
  readonly seeds: readonly number[];
  /** Leaves out what stands in no ratio. */
  readonly headline: boolean;
  /** Ids of contenders that are left out. */
  readonly without?: readonly string[];
}

/** The whole comparison: everything tuned on validation, reported on the test split. Throws a Refusal 'cancelled' once the signal is aborted. */
export async function reproduce(study: Study, { recipe, seeds, headline, without = [] }: ReproduceOptions): Promise<ReproduceResult> {
  const compared = contenders(recipe, study.data).filter(({ id, kind }) => (!headline || kind !== 'other') && !without.includes(id));
  for (const kind of ['merge', 'ensemble'] as const) {
    if (compared.some((contender) => contender.kind === kind)) continue;
    throw new Refusal('bad-option', { file: '--without', expected: `one kind of ${kind} at least`, got: without.join(', '), fix: 'leave out fewer' });
  }
  const runs = [...singles(study), ...compared];
  planAll(study, runs, seeds);
  study.pace.plan(seeds.length * fusedEstimate(study, recipe));

  const perSeed: Run[] = [];
  for (const seed of seeds) {
    perSeed.push(await study.pace.stage(`fused, seed ${seed}`, fusedEstimate(study, recipe), () => fusedRun(study, 'fused', { ...recipe, seed })));
  }
  const rows = await runAll(study, runs, seeds);
  const fused: Row = {
    id: 'fused', name: isDefault(recipe) ? 'H3Fusion-MoE, default' : 'H3Fusion-MoE, as given', kind: 'fused', settings: { ...recipe }, tried: 1, seeds,
    validation: meanScores(perSeed.map(({ validation }) => validation)), ...meanScores(perSeed.map(({ test }) => test)),
  };
  const aligned = new Set(study.data.aligned.map(({ name }) => name));
  const best = (kind: Kind): Row => largest(rows.filter((row) => row.kind === kind && (kind !== 'single' || aligned.has(row.id))), ({ hhh }) => hhh);
  const [bestAligned, bestEnsemble, bestMerge] = [best('single'), best('ensemble'), best('merge')];
  return {
    fused: named(fused), bestAligned: named(bestAligned), bestEnsemble: named(bestEnsemble), bestMerge: named(bestMerge),
    ratios: { aligned: fused.hhh / bestAligned.hhh, ensemble: fused.hhh / bestEnsemble.hhh, merge: fused.hhh / bestMerge.hhh },
    others: rows.filter(({ kind }) => kind === 'other'),
    all: [fused, ...rows],
    perSeed: perSeed.map(({ test, seconds, routerAccuracy = null }, i) => ({ seed: seeds[i] ?? 0, ...test, seconds, routerAccuracy })),
  };
}

/** Whatever its seed, the number of experts and the longest row are. */
function isDefault(recipe: FusionRecipe): boolean {
  const { drift: [drift = 0], maxLength: _, seed: __, microBatch: ___, ...others } = DEFAULT_RECIPE;
  const same = (Object.keys(others) as (keyof typeof others)[]).every((key) => recipe[key] === others[key]);
  return same && recipe.drift.every((own) => own === drift);
}

function named({ name, helpful, harmless, honest, hhh }: Row): Named {
  return { name, helpful, harmless, honest, hhh };
}
