import { encodeRow } from '../../src/data/encode';
import type { Tokenizer } from '../../src/data/tokenizer';
import type { ModelConfig } from '../../src/formats/hf_config';
import type { HostTensor } from '../../src/formats/host_tensor';
import type { Gpu } from '../../src/gpu/gpu';
import type { LabelledRow } from '../../src/model/batch';
import { initialWeights } from '../../src/model/initial_weights';
import { EVERYTHING } from '../../src/model/policy';
import { DenseRun } from '../../src/train/dense_run';
import { NO_ROUTER_LOSSES } from '../../src/train/recipe';
import type { DataRow } from '../../src/world/world';
import { BASE, SEED, SHAPE } from './recipe';

/** The base, from nothing: one pass over the rows; prose has an empty prompt and is learnt whole. */
export async function trainBase(
  gpu: Gpu, tokenizer: Tokenizer, data: readonly DataRow[], onStep: (step: number, total: number, loss: number) => void,
): Promise<{ config: ModelConfig; weights: Map<string, HostTensor> }> {
  const config = { ...SHAPE, vocab: tokenizer.vocab };
  const rows = data.map((row): LabelledRow => {
    const encoded = encodeRow(tokenizer, row, config.context);
    if (encoded === undefined) throw new RangeError(`no response token fits: ${JSON.stringify(row)}`);
    return { ...encoded, label: 0 };
  });
  const { rows: _, startDeviation, ...optimiser } = BASE;
  const start = { name: 'base', config, weights: initialWeights(config, SEED, startDeviation) };
  const steps = Math.floor(rows.length / BASE.batch);
  const recipe = { ...optimiser, steps, warmupSteps: 0, microBatch: BASE.batch, losses: NO_ROUTER_LOSSES, seed: SEED };
  const run = await DenseRun.create(gpu, start, rows, EVERYTHING, recipe, { onMetrics: ({ step, lm }) => { onStep(step, steps, lm); } });
  try {
    while (!run.trainer.finished) await run.trainer.advance();
    const { weights } = await run.model('base');
    return { config, weights: new Map(weights) };
  } finally {
    run.dispose();
  }
}
