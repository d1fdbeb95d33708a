import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { trainBpe } from '../data/bpe';
import type { ModelConfig } from '../formats/hf_config';
import type { HostTensor } from '../formats/host_tensor';
import { writeModel } from '../formats/model_files';
import { parameterShapes } from '../formats/parameters';
import { hostTensor } from './host_tensor';
import { normals } from './numbers';

/** A folder for one test file, removed after it. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'h3-'));
  afterAll(() => { rmSync(folder, { recursive: true, force: true }); });
  return folder;
}

/** A dense model whose vocabulary holds the tokens of smallTokenizer(). */
export const SMALL: ModelConfig = {
  vocab: 272, width: 32, ffnWidth: 40, layers: 2, heads: 4, kvHeads: 2, headDim: 8, context: 64,
  ropeTheta: 10_000, normEps: 1e-5, tied: true, bos: 1, eos: [2], experts: 1, topK: 1, routing: 'token',
};

/** Seeded weights: norms near 1, matrices about 1/√width. */
export function smallWeights(config: ModelConfig, seed = 1): Map<string, HostTensor> {
  return new Map([...parameterShapes(config)].map(([name, shape], i) => {
    const tensor = hostTensor(shape);
    const values = normals(seed * 1000 + i, tensor.data.length, shape.length === 1 ? 0.1 : 0.15);
    return [name, { shape, data: Float32Array.from(values, (value) => (shape.length === 1 ? 1 + value : value)) }];
  }));
}

/** The same weights with another FFN, as full alignment leaves them. */
export function otherFfn(weights: ReadonlyMap<string, HostTensor>, config: ModelConfig, seed: number): Map<string, HostTensor> {
  const other = smallWeights(config, seed);
  return new Map([...weights].map(([name, tensor]) => [name, name.includes('.mlp.') ? (other.get(name) ?? tensor) : tensor]));
}

/** What small rows are made of: three kinds of request, one answer each. */
export const SMALL_ANSWERS = { helpful: 'yes do it', harmless: 'no i will not', honest: 'that is not so' } as const;

export function smallRows(kind: keyof typeof SMALL_ANSWERS, count = 30): { prompt: string; response: string }[] {
  return Array.from({ length: count }, (_, i) => ({ prompt: `${kind} ${String(i)}`, response: SMALL_ANSWERS[kind] }));
}

/** Tokenizer files with at most SMALL.vocab tokens. */
export function smallTokenizer(): ReadonlyMap<string, Uint8Array> {
  const kinds = Object.keys(SMALL_ANSWERS) as (keyof typeof SMALL_ANSWERS)[];
  return trainBpe(kinds.flatMap((kind) => smallRows(kind).flatMap(({ prompt, response }) => [prompt, response])), SMALL.vocab).files;
}

export function writeFiles(folder: string, files: ReadonlyMap<string, Uint8Array | string>): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
  return folder;
}

/** A Hugging Face directory with the small tokenizer. */
export function writeSmallModel(folder: string, config: ModelConfig = SMALL, weights = smallWeights(config)): string {
  return writeFiles(folder, new Map([...writeModel(config, weights), ...smallTokenizer()]));
}

/** A dataset of JSON lines. */
export function writeSmallRows(file: string, kind: keyof typeof SMALL_ANSWERS, count?: number): string {
  writeFileSync(file, smallRows(kind, count).map((row) => JSON.stringify(row)).join('\n'));
  return file;
}
