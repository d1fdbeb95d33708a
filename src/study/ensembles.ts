import type { Answerer } from '../eval/answerer';
import { ensembleAnswerer } from '../eval/ensemble';
import { fixedWeights, perplexityWeights, PromptLosses, uniformWeights, type Weighting } from '../eval/weights';
import { decimals, oneOff } from '../fusion/merge/grid';
import { tune, type Contender } from './contender';
import { reweighed } from './merges';
import type { Scores } from './scores';
import type { Study, StudySplit } from './study';

/** From the best member alone to nearly equal weights: losses of prompts differ by tenths of a nat. */
const TEMPERATURES = { fine: [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2], coarse: [0.1, 1] } as const;
/** How much more than the others a member counts, each in turn, where the search for one weight each begins. */
const WEIGHTS = { fine: [2, 4], coarse: [2] } as const;
/** Of the descent from the best start, by factors. */
const TEMPERATURE_STEPS = [1.5, 1.2] as const;
const WEIGHT_STEPS = [1.5, 1.25] as const;

interface EnsembleContender<S> extends Pick<Contender, 'id' | 'name' | 'paper'> {
  readonly starts: (study: Study) => readonly S[];
  readonly moves?: readonly ((best: S) => readonly S[])[];
  /** Settings that the moves look at, about. */
  readonly descent?: number;
  /** How settings become weights; called once a study. */
  readonly weighting: (study: Study) => Promise<(settings: S) => Weighting>;
}

/** All aligned models answer together, token by token; no weight changes. Each is tuned over its starts, and from the best of them on. */
export const ENSEMBLE_CONTENDERS: readonly Contender[] = [
  contender<object>({
    id: 'ensemble-mean', name: 'ensemble, mean', paper: 'Lakshminarayanan et al. 2017, arXiv 1612.01474',
    starts: () => [{}],
    weighting: ({ data }) => Promise.resolve(() => uniformWeights(data.aligned.length)),
  }),
  contender<{ readonly weights: readonly number[] }>({
    id: 'ensemble-each', name: 'ensemble, one weight each', paper: 'linear opinion pool, Stone 1961',
    starts: ({ data, level }) => weightStarts(data.aligned.length, WEIGHTS[level]).map((weights) => ({ weights })),
    moves: WEIGHT_STEPS.map((factor) => ({ weights }) => weightMoves(weights, factor).map((moved) => ({ weights: moved }))),
    descent: 25,
    weighting: () => Promise.resolve(({ weights }) => fixedWeights(weights)),
  }),
  contender<{ readonly temperature: number }>({
    id: 'ensemble-perplexity', name: 'ensemble, by prompt perplexity', paper: 'Mavromatis et al. 2024, arXiv 2404.11531',
    starts: ({ level }) => TEMPERATURES[level].map((temperature) => ({ temperature })),
    moves: TEMPERATURE_STEPS.map((factor) => ({ temperature }) => (
      [temperature / factor, temperature * factor].map((moved) => ({ temperature: decimals(moved) })).filter((moved) => moved.temperature > 0))),
    descent: 6,
    weighting: async (study) => {
      const losses = new PromptLosses((await study.members()).map((store) => study.answerer('member', store)));
      return ({ temperature }) => perplexityWeights(losses, temperature);
    },
  }),
];

function contender<S extends object>({ id, name, paper, starts, moves = [], descent = 0, weighting }: EnsembleContender<S>): Contender {
  return {
    id, name, kind: 'ensemble', paper,
    estimate: (study) => estimate(study, starts(study).length + (study.level === 'fine' ? descent : 0)),
    run: (study) => study.unit(id, {}, async () => {
      const weigh = await weighting(study);
      const at = async (settings: S, split: StudySplit): Promise<Scores> => scored(study, await ensemble(study, weigh(settings)), split);
      const found = await tune(starts(study), (settings) => at(settings, 'validation'), study.level === 'fine' ? moves : []);
      return { id, name, kind: 'ensemble', ...found, ...await at(found.settings, 'test') };
    }),
  };
}

/** Equal weights, and each member in turn some factors more than the others. Weights sum to 1, so that none is tried twice. */
export function weightStarts(models: number, factors: readonly number[]): readonly (readonly number[])[] {
  return [equal(models), ...oneOff(models, factors)].map(shares);
}

/** The neighbours for coordinate descent: one weight a factor less or more, each in turn. */
export function weightMoves(weights: readonly number[], factor: number): readonly (readonly number[])[] {
  return reweighed(weights, factor).map(shares);
}

function shares(weights: readonly number[]): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => decimals(weight / total));
}

function equal(models: number): readonly number[] {
  return Array.from({ length: models }, () => 1);
}

async function ensemble(study: Study, weights: Weighting): Promise<Answerer> {
  return ensembleAnswerer('ensemble', await study.members(), weights);
}

/** Every member answers everything. */
function scored(study: Study, answerer: Answerer, split: StudySplit): Promise<Scores> {
  return study.score(answerer, split, study.data.aligned.length);
}

function estimate(study: Study, candidates: number): number {
  return study.data.aligned.length * (candidates * study.size('validation') + study.size('test'));
}
