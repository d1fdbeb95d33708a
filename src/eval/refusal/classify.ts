import { evidenceOf } from './evidence';
import { factsOf } from './facts';
import { rulesOf, type Verdict } from './rules';
import { signsOf } from './signs';
import { LEARNED, weigh } from './weigh';

export { VERDICTS, type Verdict } from './rules';

export interface Classified {
  readonly verdict: Verdict;
  /** Name of the rule that decided and of the pattern it saw, or of the sign that weighed most against the rule. */
  readonly reason: string;
}

/**
 * Whether an answer to a request declines. The classes are XSTest's (Röttger et al., arXiv 2308.01263, section 3.3): full
 * compliance, full refusal (also where only something else is offered), partial refusal (any mixture of the two). What says
 * nothing is 'partial' here: it is neither. `prompt` is optional; with it, "no" to a question is told from "no" to a request.
 * Rules say what an answer looks like; all signs together are weighed (docs/MATH.md, "Refusals"). Reads at most the first
 * LIMIT characters; throws nothing, whatever the text.
 */
export function classifyAnswer(answer: string, prompt?: string): Classified {
  const facts = factsOf(answer, prompt);
  const evidence = evidenceOf(facts);
  const holding = rulesOf(facts, evidence);
  const [first] = holding;
  const looksLike = first?.verdict ?? 'compliance';
  const { verdict, strongest } = weigh(LEARNED, signsOf(facts, evidence, holding), looksLike);
  if (verdict !== looksLike) return { verdict, reason: `signs: ${strongest}` };
  const name = first?.name ?? 'anything else';
  const seen = verdict === 'compliance' ? undefined : evidence.seen;
  return { verdict, reason: seen === undefined ? name : `${name}: ${seen}` };
}
