import { Refusal } from '../errors/refusal';
import type { PlainJson } from '../formats/hf_config_writer';
import { checkFinite, writeModel } from '../formats/model_files';
import { writeZip } from '../formats/zip';
import type { SavedModel } from './evaluation';
import type { Standing } from './fusing';
import type { Snapshot } from './measured';
import type { Site } from './site';

/** The fused model keeps the base's words. */
const TOKENIZER_FILES = ['tokenizer.json', 'tokenizer_config.json'] as const;

export interface Made extends Omit<Snapshot, 'sources'> {
  readonly facts: { readonly [key: string]: PlainJson };
}

/** What config.json says of how the model came to be, as `h3 fuse` has it; beside it what no command does: faults, forks and levers that were pulled. */
export function factsOf({ fusion: { store, trainer }, recipe, fault, forkedAfter }: Standing): Made['facts'] {
  const { microBatch: _, ...kept } = recipe;
  const { losses: { gateWeight, drift }, learningRate } = trainer;
  const { topK } = store.config;
  const pulled = topK !== recipe.topK || gateWeight !== recipe.gateWeight || learningRate !== recipe.learningRate || drift.some((value, e) => value !== recipe.drift[e]);
  return {
    made: 'fuse', recipe: kept, stepsDone: trainer.step, stopped: !trainer.finished,
    ...(fault === 'none' ? {} : { fault }), ...(forkedAfter === undefined ? {} : { forkedAfter }),
    ...(pulled ? { leversAtTheEnd: { gateWeight, drift, learningRate, topK } } : {}),
  };
}

/**
 * The snapshot as a Hugging Face directory in one archive, with the tokenizer of the base.
 * @throws Refusal 'not-finite' naming the first weight that is NaN or infinite, 'missing-file' without a tokenizer.
 */
export async function savedModel(tokenizerAt: Site, { host: { config, weights }, step, facts }: Made): Promise<SavedModel> {
  checkFinite(weights, 'the fused model');
  const files = new Map<string, Uint8Array>(writeModel(config, weights, { facts }));
  for (const name of TOKENIZER_FILES) {
    const bytes = await tokenizerAt(name).catch((error: unknown) => {
      // Its settings may be absent, as when it was opened.
      if (name !== 'tokenizer.json' && error instanceof Refusal && error.code === 'missing-file') return undefined;
      throw error;
    });
    if (bytes !== undefined) files.set(name, bytes);
  }
  return { zip: writeZip(files).buffer, step, files: [...files.keys()] };
}
