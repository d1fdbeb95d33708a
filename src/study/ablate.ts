import type { FusionRecipe } from '../fusion/recipe';
import { meanScores, spreadScores, type Scores } from './scores';
import type { Study } from './study';
import { fusedEstimate, fusedRun, type Run } from './train';

export const FACTORS = ['router-init', 'gate-loss', 'warm-up', 'top-k', 'train', 'routing', 'drift', 'rows', 'steps'] as const;
export type Factor = (typeof FACTORS)[number];

/** The default recipe but for one thing. */
export interface Variant {
  /** 'default' for the recipe itself. */
  readonly factor: Factor | 'default';
  readonly value: string;
  readonly recipe: FusionRecipe;
  /** Rows a dataset; all of them where it is absent. */
  readonly rowsEach?: number;
}

export interface AblationRow extends Omit<Variant, 'recipe'> {
  /** Over seeds, on the test split. */
  readonly mean: Scores;
  /** Sample standard deviation over seeds. */
  readonly spread: Scores;
  /** Mean HHH on validation: what a recipe is chosen by. */
  readonly validation: number;
  readonly routerAccuracy: number | null;
  readonly seconds: number;
  readonly runs: readonly (Run & { readonly seed: number })[];
}

/** One factor at a time around a recipe; what the recipe has already is left out. `rowsEach` is how many rows a dataset has at least. */
export function variants(recipe: FusionRecipe, rowsEach: number, only: readonly Factor[] = FACTORS): readonly Variant[] {
  const changed = (factor: Factor, value: string, change: Partial<FusionRecipe>): Variant => ({ factor, value, recipe: { ...recipe, ...change } });
  const gate = (gateWeight: number): Variant => changed('gate-loss', `nll, λ ${gateWeight}`, { gateLoss: 'nll', gateWeight });
  const all: readonly Variant[] = [
    ...(['ridge', 'hidden', 'random'] as const).map((routerInit) => changed('router-init', routerInit, { routerInit })),
    ...[0.01, 0.1, 1].map(gate),
    changed('gate-loss', 'paper-code', { gateLoss: 'paper-code' }),
    changed('gate-loss', 'none', { gateLoss: 'none' }),
    changed('warm-up', '0', { warmupSteps: 0 }),
    ...recipe.drift.map((_, i) => i + 1).map((topK) => changed('top-k', String(topK), { topK })),
    ...(['full', 'lora', 'router'] as const).map((train) => changed('train', train, { train })),
    ...(['token', 'sequence'] as const).map((routing) => changed('routing', routing, { routing })),
    ...[0, 0.001, 0.01, 0.1].map((gamma) => changed('drift', String(gamma), { drift: recipe.drift.map(() => gamma) })),
    ...[100, 200].filter((rows) => rows < rowsEach).map((rows): Variant => ({ ...changed('rows', String(rows), {}), rowsEach: rows })),
    ...[100].filter((steps) => steps < recipe.steps).map((steps) => changed('steps', String(steps), { steps })),
  ];
  const same = JSON.stringify(recipe);
  return [
    { factor: 'default', value: '', recipe },
    ...all.filter((variant) => variant.factor !== 'default' && only.includes(variant.factor))
      .filter((variant) => variant.rowsEach !== undefined || JSON.stringify(variant.recipe) !== same),
  ];
}

/** Fuses every variant with every seed. `done` gets each row as soon as it is whole. Throws a Refusal 'cancelled' once the signal is aborted. */
export async function ablate(
  study: Study, all: readonly Variant[], seeds: readonly number[], done: (row: AblationRow) => void = () => undefined,
): Promise<readonly AblationRow[]> {
  for (const { recipe } of all) study.pace.plan(seeds.length * fusedEstimate(study, recipe));
  const rows: AblationRow[] = [];
  for (const { recipe, ...variant } of all) {
    const runs: (Run & { readonly seed: number })[] = [];
    for (const seed of seeds) {
      const note = `${variant.factor} ${variant.value}, seed ${seed}`;
      const run = await study.pace.stage(note, fusedEstimate(study, recipe), () => fusedRun(study, 'fused', { ...recipe, seed }, variant.rowsEach));
      runs.push({ seed, ...run });
    }
    const row = { ...variant, ...summary(runs), runs };
    done(row);
    rows.push(row);
  }
  return rows;
}

function summary(runs: readonly Run[]): Omit<AblationRow, keyof Variant | 'runs'> {
  const tests = runs.map(({ test }) => test);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const accuracies = runs.flatMap(({ routerAccuracy }) => routerAccuracy ?? []);
  return {
    mean: meanScores(tests), spread: spreadScores(tests), validation: meanScores(runs.map(({ validation }) => validation)).hhh,
    routerAccuracy: accuracies.length === 0 ? null : mean(accuracies), seconds: mean(runs.map(({ seconds }) => seconds)),
  };
}
