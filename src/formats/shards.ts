import { Refusal } from '../errors/refusal';
import { filePath, missingFile, readSmall, type FileSource } from './file_source';
import { decodeUtf8, isJsonMap, parseJson } from './json';
import type { SafetensorsHeader } from './safetensors';

export const SINGLE_FILE = 'model.safetensors';
export const INDEX_FILE = 'model.safetensors.index.json';
const MAX_INDEX_BYTES = 100_000_000;
/** A plain file name: no folder, no `..`, nothing hidden. */
const SHARD_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*\.safetensors$/;

export interface ShardIndex {
  /** In the order of their names. */
  readonly files: readonly string[];
  /** Throws a Refusal where a shard does not hold exactly the tensors that the index promises of it. */
  check(shard: string, header: SafetensorsHeader): void;
}

/** Reads the index of a model in shards. Shards outside the directory are refused, and so is one that is missing. */
export async function readShardNames(source: FileSource, names: readonly string[]): Promise<ShardIndex> {
  const file = filePath(source.name, INDEX_FILE);
  const text = decodeUtf8(await readSmall(source, INDEX_FILE, MAX_INDEX_BYTES), { file, code: 'bad-header' });
  const json = parseJson(text, { file, code: 'bad-header' });
  const map = isJsonMap(json) ? json.get('weight_map') : undefined;
  if (!isJsonMap(map) || map.size === 0) {
    throw new Refusal('bad-header', { file, field: 'weight_map', expected: 'tensor names with their files', got: 'none' });
  }
  const promised = new Map<string, Set<string>>();
  for (const [tensor, shard] of map) {
    if (typeof shard !== 'string' || !SHARD_NAME.test(shard)) {
      throw new Refusal('bad-header', {
        file, field: `weight_map.${tensor}`, expected: 'the name of a .safetensors file beside the index',
        got: typeof shard === 'string' ? JSON.stringify(shard) : 'something else',
      });
    }
    const tensors = promised.get(shard) ?? new Set();
    promised.set(shard, tensors.add(tensor));
  }
  for (const shard of promised.keys()) {
    if (!names.includes(shard)) throw missingFile(source.name, shard, 'the model is in several files: download all of them');
  }
  return {
    files: [...promised.keys()].sort(),
    check: (shard, header) => {
      const tensors = promised.get(shard) ?? new Set();
      for (const tensor of tensors) {
        if (!header.tensors.has(tensor)) {
          throw new Refusal('bad-tensor', { file: header.file, field: tensor, expected: 'the tensor, as the index says', got: 'none' });
        }
      }
      for (const tensor of header.tensors.keys()) {
        if (!tensors.has(tensor)) {
          throw new Refusal('bad-tensor', {
            file: header.file, field: tensor, expected: 'only tensors that the index lists', got: 'another',
          });
        }
      }
    },
  };
}
