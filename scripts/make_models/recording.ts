import { join } from 'node:path';
import { parseDataset } from '../../src/data/dataset';
import { encodePrompt } from '../../src/data/encode';
import { promptText } from '../../src/data/prompt';
import { encodeRow } from '../../src/data/encode';
import { selectSplit, SPLIT_SEED } from '../../src/data/split';
import type { Tokenizer } from '../../src/data/tokenizer';
import { recordedAnswer, recordRun, type RecordedSnapshot } from '../../src/engine/recorded_run';
import { fusionRecipe, PRESETS } from '../../src/engine/recipe';
import type { HostModel } from '../../src/fusion/assemble';
import { readModel } from '../../src/formats/model_files';
import type { Gpu } from '../../src/gpu/gpu';
import { directorySource, readBytes } from '../../src/headless/directory';
import { Generator } from '../../src/model/generate';
import { FusionRun } from '../../src/train/fusion_run';
import type { StepMetrics } from '../../src/train/metrics';
import { promptOf } from '../../src/world/form';
import { TYPES } from '../../src/world/world';

/** Steps after which the model is asked: before the first one, and twelve times until the end. */
const SNAPSHOTS = 12;
const LONGEST_ANSWER = 16;

/** The default fusion as the studio runs it, written down for the page that has no GPU: metrics of every step, and answers on the way. */
export async function recordDefaultRun(
  gpu: Gpu, folder: string, tokenizer: Tokenizer, prompts: readonly string[], onStep: (step: number, total: number) => void,
): Promise<string> {
  const open = async (name: string): Promise<HostModel> => {
    const { config, weights } = await readModel(directorySource(join(folder, name)));
    return { name, config, weights };
  };
  const base = await open('base');
  const experts: HostModel[] = [];
  for (const type of TYPES) experts.push(await open(type));
  const recipe = fusionRecipe(PRESETS.default, experts.length, base.config.context);
  const rows = [];
  for (const [label, type] of TYPES.entries()) {
    const file = join(folder, 'data', `${type}.json`);
    const dataset = parseDataset(await readBytes(file), file, 'plain');
    for (const row of selectSplit(dataset.rows, 'train', SPLIT_SEED)) {
      const encoded = encodeRow(tokenizer, row, recipe.maxLength);
      if (encoded !== undefined) rows.push({ ...encoded, label });
    }
  }
  const metrics: StepMetrics[] = [];
  const run = await FusionRun.create(gpu, { base, experts, rows, recipe }, { onMetrics: (point) => { metrics.push(point); } });
  const generator = new Generator(run.store);
  const snapshots: RecordedSnapshot[] = [];
  const ask = async (step: number): Promise<void> => {
    const answers = [];
    for (const prompt of prompts) {
      const ids = encodePrompt(tokenizer, promptText({ instruction: promptOf(prompt) }, 'plain'));
      const options = { maxNewTokens: LONGEST_ANSWER, temperature: 0, topP: 1, seed: 1, eos: base.config.eos ?? [] };
      const stream = tokenizer.stream();
      const written = [];
      for await (const { id, routing } of generator.run(ids, options)) {
        written.push({
          text: stream.push(id),
          routing: {
            layers: routing.length, experts: experts.length,
            probabilities: Float32Array.from(routing.flatMap(({ probabilities }) => probabilities)),
            shares: Float32Array.from(routing.flatMap(({ shares }) => shares)),
          },
        });
      }
      answers.push(recordedAnswer(prompt, [...written, { text: stream.flush() }]));
    }
    snapshots.push({ step, answers });
  };
  try {
    await ask(0);
    const { total } = run.trainer;
    for (let step = 1; step <= total; step++) {
      await run.trainer.advance();
      onStep(step, total);
      if (step % Math.ceil(total / SNAPSHOTS) !== 0 && step !== total) continue;
      await run.trainer.drain();
      await ask(step);
    }
    await run.trainer.drain();
    return recordRun({ recipe: PRESETS.default, metrics, snapshots });
  } finally {
    generator.dispose();
    run.dispose();
  }
}
