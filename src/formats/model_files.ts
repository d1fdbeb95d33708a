import { Refusal } from '../errors/refusal';
import { filePath, missingFile, readSmall, type FileSource } from './file_source';
import { configFromMap, configMap, type ModelConfig } from './hf_config';
import { writeConfig, writeGenerationConfig, type ConfigExtras } from './hf_config_writer';
import { elementCount, sameShape, shapeText, type HostTensor } from './host_tensor';
import { decodeUtf8, type JsonMap } from './json';
import { fileTensors, parameterShapes, type FileTensor } from './parameters';
import { readHeader, readTensor, type SafetensorsHeader } from './safetensors';
import { writeSafetensors } from './safetensors_writer';
import { INDEX_FILE, readShardNames, SINGLE_FILE, type ShardIndex } from './shards';

const CONFIG_FILE = 'config.json';
const MAX_CONFIG_BYTES = 10_000_000;
/** Buffers that old checkpoints carry and that follow from the configuration. */
const DERIVED = /^model\.(?:layers\.\d+\.self_attn\.)?rotary_emb\.inv_freq$/;

export interface ModelFiles {
  /** The source's name. */
  readonly name: string;
  readonly config: ModelConfig;
  /** Every parameter under its canonical name (see parameterShapes), in the model's order. */
  readonly weights: ReadonlyMap<string, HostTensor>;
  readonly rawConfig: JsonMap;
  /** The tensors as the files name and shape them. */
  readonly layout: ReadonlyMap<string, FileTensor>;
  /** All files of the source, of whatever kind. */
  readonly fileNames: readonly string[];
}

/**
 * Reads a Hugging Face directory of a Llama or Mixtral: config.json and model.safetensors or its shards.
 * Every parameter must be there, in its shape and finite; a tensor that the model does not know is refused.
 * Values may be views of the bytes that the source handed out. Throws Refusals naming file and tensor.
 */
export async function readModel(source: FileSource): Promise<ModelFiles> {
  const { config, rawConfig, fileNames } = await readModelConfig(source);
  const known = fileTensors(config);
  const shapes = parameterShapes(config);
  const layout = new Map<string, FileTensor>();
  const found = new Map<string, HostTensor>();
  const shards = await weightFiles(source, fileNames);
  for (const shard of shards.files) {
    const file = filePath(source.name, shard);
    const bytes = await source.read(shard);
    const header = readHeader(bytes, file);
    shards.index?.check(shard, header);
    for (const name of header.tensors.keys()) {
      if (DERIVED.test(name)) continue;
      const place = checkEntry(known.get(name), header, name);
      if (layout.has(name)) throw new Refusal('bad-tensor', { file, field: name, expected: 'every tensor in one file', got: 'it in two' });
      layout.set(name, place);
      for (const [part, tensor] of splitParts(shapes, place, readTensor(bytes, header, name))) addPart(found, part, tensor, file, name);
    }
  }
  const weights = new Map<string, HostTensor>();
  for (const [name, shape] of shapes) {
    const tensor = found.get(name);
    if (tensor === undefined) throw missingTensor(filePath(source.name, shards.files[0] ?? SINGLE_FILE), name, shape);
    weights.set(name, tensor);
  }
  checkFinite(weights, source.name);
  return { name: source.name, config, weights, rawConfig, layout, fileNames };
}

/** config.json alone, and what else lies there. */
export async function readModelConfig(source: FileSource): Promise<Pick<ModelFiles, 'config' | 'rawConfig' | 'fileNames'>> {
  const fileNames = await source.list();
  if (!fileNames.includes(CONFIG_FILE)) {
    throw missingFile(source.name, CONFIG_FILE, 'give a Hugging Face model directory, with config.json and model.safetensors');
  }
  const file = filePath(source.name, CONFIG_FILE);
  const rawConfig = configMap(decodeUtf8(await readSmall(source, CONFIG_FILE, MAX_CONFIG_BYTES), { file, code: 'bad-config' }), file);
  return { config: configFromMap(rawConfig, file), rawConfig, fileNames };
}

async function weightFiles(source: FileSource, names: readonly string[]): Promise<{ files: readonly string[]; index?: ShardIndex }> {
  if (names.includes(SINGLE_FILE)) return { files: [SINGLE_FILE] };
  if (names.includes(INDEX_FILE)) {
    const index = await readShardNames(source, names);
    return { files: index.files, index };
  }
  const torch = names.some((name) => name.startsWith('pytorch_model'));
  throw missingFile(source.name, SINGLE_FILE, torch ? 'convert pytorch_model.bin to safetensors' : 'download the weights too');
}

function checkEntry(place: FileTensor | undefined, header: SafetensorsHeader, name: string): FileTensor {
  const shape = header.tensors.get(name)?.shape ?? [];
  if (place === undefined) {
    throw new Refusal('bad-tensor', {
      file: header.file, field: name, expected: 'only tensors that config.json describes', got: 'an unknown one',
    });
  }
  if (!sameShape(place.shape, shape)) {
    throw new Refusal('bad-tensor', {
      file: header.file, field: name, expected: `shape ${shapeText(place.shape)}`, got: shapeText(shape),
      fix: 'the weights and config.json belong to different models',
    });
  }
  return place;
}

/** A tensor's runs under their canonical names and shapes, as views. */
function splitParts(
  shapes: ReadonlyMap<string, readonly number[]>, { parts }: FileTensor, { shape, data }: HostTensor,
): [string, HostTensor][] {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return [[only, { shape, data }]];
  const size = data.length / parts.length;
  return parts.map((part, i) => [part, { shape: shapes.get(part) ?? [size], data: data.subarray(i * size, (i + 1) * size) }]);
}

function addPart(found: Map<string, HostTensor>, part: string, tensor: HostTensor, file: string, name: string): void {
  const first = found.get(part);
  // Tied models may store embedding and output projection both; then they must be the one tensor they stand for.
  if (first !== undefined && !tensor.data.every((value, i) => Object.is(value, first.data[i]))) {
    throw new Refusal('bad-tensor', {
      file, field: name, expected: `the values that the file gives ${part} under its other name`, got: 'other values',
    });
  }
  found.set(part, first ?? tensor);
}

function missingTensor(file: string, name: string, shape: readonly number[]): Refusal {
  return new Refusal('bad-tensor', {
    file, field: name, expected: `a tensor of shape ${shapeText(shape)}`, got: 'none',
    fix: 'download the file again, or pick a complete model',
  });
}

/** Throws a Refusal 'not-finite' naming the first tensor and element that is NaN or infinite. */
export function checkFinite(weights: ReadonlyMap<string, HostTensor>, file: string): void {
  for (const [name, { data }] of weights) {
    for (let i = 0; i < data.length; i++) {
      if (!Number.isFinite(data[i])) {
        throw new Refusal('not-finite', {
          file, field: `${name}[${String(i)}]`, expected: 'finite weights', got: String(data[i]),
          fix: 'the model is damaged: download or train it again',
        });
      }
    }
  }
}

/**
 * Values per parameter (gradients, say) under the names and shapes of the files that the model came from: one tensor for a
 * stack of experts, `lm_head.weight` where the file calls the tied embedding so. Parameters without a value are left out.
 */
export function toFileNames(values: ReadonlyMap<string, HostTensor>, { layout }: Pick<ModelFiles, 'layout'>): Map<string, HostTensor> {
  const out = new Map<string, HostTensor>();
  for (const [name, { shape, parts }] of layout) {
    const tensors = parts.map((part) => values.get(part));
    const [only] = tensors;
    if (tensors.every((tensor) => tensor === undefined)) continue;
    if (tensors.length === 1 && only !== undefined) {
      out.set(name, { shape, data: only.data });
      continue;
    }
    const data = new Float32Array(elementCount(shape));
    const size = data.length / parts.length;
    tensors.forEach((tensor, i) => { if (tensor !== undefined) data.set(tensor.data, i * size); });
    out.set(name, { shape, data });
  }
  return out;
}

/** A Hugging Face directory, without tokenizer files: these are the caller's to copy. Weights are checked to be complete. */
export function writeModel(
  config: ModelConfig, weights: ReadonlyMap<string, HostTensor>, extras: ConfigExtras = {},
): Map<string, Uint8Array<ArrayBuffer>> {
  const ordered = new Map<string, HostTensor>();
  for (const [name, shape] of parameterShapes(config)) {
    const tensor = weights.get(name);
    if (tensor === undefined) throw missingTensor(SINGLE_FILE, name, shape);
    ordered.set(name, { shape, data: tensor.data });
  }
  const text = new TextEncoder();
  return new Map([
    [CONFIG_FILE, text.encode(writeConfig(config, extras))],
    ['generation_config.json', text.encode(writeGenerationConfig(config))],
    [SINGLE_FILE, writeSafetensors(ordered, { dtype: extras.dtype ?? 'F32' })],
  ]);
}
