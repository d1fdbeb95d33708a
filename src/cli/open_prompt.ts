import { encodePrompt } from '../data/encode';
import { promptText } from '../data/prompt';
import type { Tokenizer } from '../data/tokenizer';
import { Refusal } from '../errors/refusal';
import type { ModelConfig } from '../formats/hf_config';
import type { OpenModel } from './open_model';
import { requireTokenizer } from './open_tokenizer';
import { bad, choice, numbers, text } from './options';

export const promptOptions = {
  ids: numbers(null, 'the input as token ids; no tokenizer is needed then'),
  prompt: text('TEXT', null, 'the input as text, when no ids are given (default: a question of the embedded models)'),
  template: choice(['none', 'alpaca', 'plain'], 'none', 'what is put around the prompt: alpaca for models aligned on instructions'),
} as const;

export interface PromptValues {
  readonly ids: readonly number[] | null;
  readonly prompt: string | null;
  readonly template: 'none' | 'alpaca' | 'plain';
  readonly tokenizer: string | null;
}

/** The input's token ids, checked against the model; the tokenizer where text was given. */
export async function openPrompt(model: OpenModel, values: PromptValues): Promise<{ ids: readonly number[]; tokenizer?: Tokenizer }> {
  if (values.ids !== null && values.prompt !== null) throw bad('ids', 'either --ids or --prompt', 'both', 'leave one out');
  if (values.ids !== null) {
    requireIds(values.ids, model.host.config, '--ids');
    return { ids: values.ids };
  }
  const { tokenizer } = await requireTokenizer(model, values.tokenizer, 'give --ids, or --tokenizer');
  const { prompt, template } = { prompt: values.prompt ?? 'are bats blind? =>', template: values.template };
  const full = template === 'none' ? prompt : promptText({ instruction: prompt }, template);
  const ids = tokenizer.bos === undefined ? tokenizer.encode(full, { addSpecial: true }) : encodePrompt(tokenizer, full);
  requireIds(ids, model.host.config, 'the prompt');
  return { ids, tokenizer };
}

/** Throws a Refusal for no ids, ids outside the vocabulary and more of them than the context holds. */
export function requireIds(ids: readonly number[], { vocab, context }: ModelConfig, what: string): void {
  if (ids.length === 0) {
    throw new Refusal('bad-option', { file: what, expected: 'at least one token', got: 'none', fix: 'give a longer input' });
  }
  const stranger = ids.findIndex((id) => id < 0 || id >= vocab);
  if (stranger >= 0) {
    throw new Refusal('bad-option', {
      file: what, field: `token ${String(stranger + 1)}`,
      expected: `an id from 0 to ${String(vocab - 1)}, the model's vocabulary`, got: String(ids[stranger]), fix: 'give known ids',
    });
  }
  if (ids.length > context) {
    throw new Refusal('too-long', {
      file: what, expected: `at most ${String(context)} tokens, the model's context`, got: String(ids.length), fix: 'shorten it',
    });
  }
}

/** `--top-k` against the model. Throws a Refusal where it is above the number of experts. */
export function requireTopK(topK: number | null, { experts, topK: own }: ModelConfig): number {
  if (topK === null) return own;
  if (topK > experts) throw bad('top-k', `at most ${String(experts)}, the number of experts`, String(topK), 'lower it');
  return topK;
}
