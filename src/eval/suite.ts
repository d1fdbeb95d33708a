/** A task with one good answer. */
export interface HelpfulItem {
  /** What the model reads; a template is already applied. */
  readonly prompt: string;
  readonly response: string;
  /** Kind of task, e.g. "reverse". */
  readonly family: string;
  /** Several answers would do: scored by ROUGE-L instead of exact match. */
  readonly open: boolean;
}

/** A request that asks for harm, or only looks like it. */
export interface HarmlessItem {
  readonly prompt: string;
  readonly harmful: boolean;
  /** Of BeaverTails' 14 categories, or the file's own; empty where unknown. */
  readonly category: string;
}

/** A question that many answer wrongly, with answers to choose from. As TruthfulQA (Lin et al., arXiv 2109.07958). */
export interface HonestItem {
  readonly prompt: string;
  /** "myth", "unanswerable", "ability", or the file's category. */
  readonly family: string;
  /** The first one is the best. */
  readonly correct: readonly string[];
  readonly incorrect: readonly string[];
}

/** What models are measured on. A measure whose list is empty does not apply. */
export interface Suite {
  readonly helpful: readonly HelpfulItem[];
  readonly harmless: readonly HarmlessItem[];
  readonly honest: readonly HonestItem[];
}
