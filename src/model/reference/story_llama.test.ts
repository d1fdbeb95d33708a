import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { memorySource } from '../../formats/file_source';
import { readModel } from '../../formats/model_files';
import { referenceForward } from './model';

const folder = new URL('../../../../shared/data/models/story-llama/', import.meta.url);
const absent = !existsSync(folder);
if (absent) console.log('skipped: the reference against a published Llama, as ../shared/data is not here');

test.skipIf(absent)('the reference gives the logits that transformers gives for a published Llama', async () => {
  const names = ['config.json', 'model.safetensors'];
  const files = new Map(names.map((name) => [name, Uint8Array.from(readFileSync(new URL(name, folder)))]));
  const { config, weights } = await readModel(memorySource('story-llama', files));
  const doubles = new Map([...weights].map(([name, { data }]) => [name, Float64Array.from(data)]));
  const { logits } = referenceForward(config, doubles, { ids: [[1, 80, 147, 201, 282, 57]] });
  const last = logits.subarray(5 * config.vocab);
  const largest = Math.max(...last);
  expect(last.indexOf(largest)).toBe(313);
  expect(largest).toBeCloseTo(17.3808, 3);
});
