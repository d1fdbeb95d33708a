/** In this order everywhere: expert 0, 1 and 2 of the fused model. */
export const EXPERTS = ['helpful', 'harmless', 'honest'] as const;
export type ExpertId = (typeof EXPERTS)[number];
export type SourceModel = 'base' | ExpertId;
/** What the three aligned models can be made into without training: five merges of their weights, two ensembles of their answers. */
export const BASELINES = ['soup', 'task-arithmetic', 'ties', 'dare', 'slerp', 'ensemble-mean', 'ensemble-perplexity'] as const;
export type BaselineId = (typeof BASELINES)[number];
export type AnswerModel = SourceModel | 'fused' | BaselineId;

/** Names a run; unique within one page. */
export type RunId = string;

/** Joins a request with what answers it. Unique within one client. */
export type RequestId = number;
