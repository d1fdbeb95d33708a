import type { FusionRecipe } from '../fusion/recipe';
import { tune, type Contender } from './contender';
import { meanScores } from './scores';
import type { FullData, Study } from './study';
import { denseEstimate, fusedEstimate, fusedRun, measure, optimiserOf, withDense, type Run } from './train';

/** The seed with which learning rates are tuned. */
export const TUNING_SEED = 1;
const LEARNING_RATES = { fine: [5e-4, 1e-3, 2e-3, 3e-3], coarse: [1e-3] } as const;
/** Beside a preset's own; each costs a fusion. */
const OTHER_RATES = { fine: [2e-3], coarse: [] } as const;

export interface Trained<S> extends Pick<Contender, 'id' | 'name' | 'paper' | 'requirePossible'> {
  readonly starts: (study: Study) => readonly S[];
  readonly moves?: readonly ((best: S) => readonly S[])[];

  readonly run: (study: Study, settings: S, seed: number) => Promise<Run>;
  /** Of one run. */
  readonly estimate: (study: Study) => number;
}

/** A contender that trains: settings are tuned on validation with one seed, the best of them runs with every seed. */
export function trained<S extends object>({ starts, moves = [], run, estimate, ...about }: Trained<S>): Contender {
  const movesAt = ({ level }: Study) => (level === 'fine' ? moves : []);
  return {
    ...about, kind: 'other',
    estimate: (study, seeds) => estimate(study)
      * (starts(study).length + movesAt(study).length + seeds.filter((seed) => seed !== TUNING_SEED).length),
    run: async (study, seeds) => {
      const { settings, tried } = await tune(
        starts(study), async (candidate) => (await run(study, candidate, TUNING_SEED)).validation, movesAt(study),
      );
      const runs: Run[] = [];
      for (const seed of seeds) runs.push(await run(study, settings, seed));
      return {
        id: about.id, name: about.name, kind: 'other', settings, tried, seeds,
        validation: meanScores(runs.map(({ validation }) => validation)), ...meanScores(runs.map(({ test }) => test)),
      };
    },
  };
}

interface Rate {
  readonly learningRate: number;
}

const rates = ({ level }: Study): readonly Rate[] => LEARNING_RATES[level].map((learningRate) => ({ learningRate }));

/** One dense model on the rows of fusion, in as many steps: what the same budget gives without experts. */
export function joint(recipe: FusionRecipe): Contender {
  const steps = recipe.steps + recipe.warmupSteps;
  return jointOn('joint', 'joint SFT, same rows and steps', recipe, (study) => ({ rows: study.data.rows, steps, batch: recipe.batch }));
}

/** One dense model on all that the aligned models were trained on, in as many steps as they took together. */
export function jointFull(recipe: FusionRecipe, full: FullData): Contender {
  return jointOn('joint-full', 'joint SFT, all rows of the three alignments', recipe, () => full);
}

function jointOn(id: string, name: string, recipe: FusionRecipe, data: (study: Study) => FullData): Contender {
  return trained<Rate>({
    id, name, paper: 'Ouyang et al. 2022, arXiv 2203.02155 (supervised fine-tuning)', starts: rates,
    estimate: (study) => denseEstimate(data(study).steps, data(study).batch) + study.size('validation') + study.size('test'),
    run: (study, { learningRate }, seed) => {
      const { rows, steps, batch } = data(study);
      return study.unit(id, { ...optimiserOf(recipe), steps, batch, learningRate, seed, rows: rows.length }, async () => {
        const started = performance.now();
        return withDense(study, { start: study.data.base, rows, steps, batch, learningRate, attention: false, seed }, recipe, async (store) => {
          const seconds = (performance.now() - started) / 1000;
          return { ...await measure(study, study.answerer(id, store)), seconds };
        });
      });
    },
  });
}

/** A mixture by another recipe than the default, with its own learning rate and a larger one. */
export function fusedBy(id: string, name: string, paper: string, recipe: FusionRecipe): Contender {
  return trained<Rate>({
    id, name, paper,
    starts: ({ level }) => [recipe.learningRate, ...OTHER_RATES[level]].map((learningRate) => ({ learningRate })),
    estimate: (study) => fusedEstimate(study, recipe),
    run: (study, { learningRate }, seed) => fusedRun(study, id, { ...recipe, learningRate, seed }),
  });
}
