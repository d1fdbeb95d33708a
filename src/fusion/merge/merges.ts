import type { MergeMethod, MergeSettings } from './settings';

/** What a person is told of a method, and how it merges where nothing was tuned. */
export interface MergeEntry<M extends MergeMethod = MergeMethod> {
  readonly id: M;
  readonly name: string;
  readonly paper: string;
  readonly defaults: Extract<MergeSettings, { readonly method: M }>;
}

/**
 * Every method. Scales and density without tuning are those that Yadav et al. recommend where there is no
 * validation set: 0.4 for task arithmetic, the top 20 % and 1 for TIES. DARE feeds task arithmetic and takes its scale.
 */
export const MERGES: { readonly [M in MergeMethod]: MergeEntry<M> } = {
  soup: {
    id: 'soup', name: 'Model soup', paper: 'Wortsman et al. 2022, arXiv 2203.05482', defaults: { method: 'soup' },
  },
  'task-arithmetic': {
    id: 'task-arithmetic', name: 'Task arithmetic', paper: 'Ilharco et al. 2023, arXiv 2212.04089',
    defaults: { method: 'task-arithmetic', scales: [0.4] },
  },
  ties: {
    id: 'ties', name: 'TIES', paper: 'Yadav et al. 2023, arXiv 2306.01708', defaults: { method: 'ties', density: 0.2, scale: 1 },
  },
  dare: {
    id: 'dare', name: 'DARE', paper: 'Yu et al. 2024, arXiv 2311.03099', defaults: { method: 'dare', drop: 0.5, scales: [0.4], seed: 1 },
  },
  slerp: {
    id: 'slerp', name: 'SLERP', paper: 'Shoemake 1985, doi 10.1145/325165.325242; means of several: Buss & Fillmore 2001, doi 10.1145/502122.502124',
    defaults: { method: 'slerp', weights: [1] },
  },
};

export const MERGE_METHODS = Object.keys(MERGES) as readonly MergeMethod[];
