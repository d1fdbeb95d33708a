import type { Answerer } from '../eval/answerer';
import { ensembleAnswerer } from '../eval/ensemble';
import { perplexityWeights, PromptLosses, uniformWeights, type Weighting } from '../eval/weights';
import { tune, type Contender } from './contender';
import type { Scores } from './scores';
import type { Study, StudySplit } from './study';

/** From the best member alone to nearly equal weights: losses of prompts differ by tenths of a nat. */
const TEMPERATURES = { fine: [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2], coarse: [0.1, 1] } as const;

/** All aligned models answer together, token by token; no weight changes. */
export const ENSEMBLE_CONTENDERS: readonly Contender[] = [
  {
    id: 'ensemble-mean', name: 'ensemble, mean', kind: 'ensemble', paper: 'Lakshminarayanan et al. 2017, arXiv 1612.01474',
    estimate: (study) => estimate(study, 1),
    run: (study) => study.unit('ensemble-mean', {}, async () => {
      const answerer = await ensemble(study, uniformWeights(study.data.aligned.length));
      const validation = await scored(study, answerer, 'validation');
      const test = await scored(study, answerer, 'test');
      return { id: 'ensemble-mean', name: 'ensemble, mean', kind: 'ensemble', settings: {}, validation, tried: 1, ...test };
    }),
  },
  {
    id: 'ensemble-perplexity', name: 'ensemble, by prompt perplexity', kind: 'ensemble', paper: 'Mavromatis et al. 2024, arXiv 2404.11531',
    estimate: (study) => estimate(study, TEMPERATURES[study.level].length),
    run: (study) => study.unit('ensemble-perplexity', {}, async () => {
      const losses = new PromptLosses((await study.members()).map((store) => study.answerer('member', store)));
      const at = ({ temperature }: { temperature: number }): Promise<Answerer> => ensemble(study, perplexityWeights(losses, temperature));
      const found = await tune(
        TEMPERATURES[study.level].map((temperature) => ({ temperature })), async (settings) => scored(study, await at(settings), 'validation'),
      );
      const test = await scored(study, await at(found.settings), 'test');
      return { id: 'ensemble-perplexity', name: 'ensemble, by prompt perplexity', kind: 'ensemble', ...found, ...test };
    }),
  },
];

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
