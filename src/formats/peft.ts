import { Refusal } from '../errors/refusal';
import { filePath, missingFile, readSmall, type FileSource } from './file_source';
import type { ModelConfig } from './hf_config';
import { sameShape, shapeText, type HostTensor } from './host_tensor';
import { decodeUtf8, isJsonArray, isJsonMap, parseJson, type JsonMap, type JsonValue } from './json';
import { checkFinite } from './model_files';
import { parameterShapes } from './parameters';
import { readHeader, readTensor } from './safetensors';
import { writeSafetensors } from './safetensors_writer';
import { show } from './show';

export const ADAPTER_CONFIG = 'adapter_config.json';
export const ADAPTER_WEIGHTS = 'adapter_model.safetensors';

/** W + (alpha / rank) · b·a, for one weight W (out, in). */
export interface LoraPair {
  readonly a: HostTensor; // (rank, in)
  readonly b: HostTensor; // (out, rank)
}

export interface Adapter {
  readonly rank: number;
  /** The update is scaled by alpha / rank. An rsLoRA file's alpha / √rank is folded into this alpha when it is read. */
  readonly alpha: number;
  /** Share of inputs dropped in training. */
  readonly dropout: number;
  /** By module, e.g. `model.layers.0.mlp.up_proj`. */
  readonly tensors: ReadonlyMap<string, LoraPair>;
  /** The base model's name or path, as the file gives it. */
  readonly base?: string;
  /** SHA-256 of the base model's weights (cli/fingerprint), where the file gives it: only our own files do. */
  readonly fingerprint?: string;
}

const MAX_CONFIG_BYTES = 10_000_000;
/** In the metadata of the weights' file. */
const FINGERPRINT = 'h3fusion.base';
const TENSOR_NAME = /^base_model\.model\.(.+)\.lora_([AB])\.weight$/;
/** Keys that say nothing about what the trained adapter computes. */
const HARMLESS: ReadonlySet<string> = new Set([
  'peft_type', 'task_type', 'auto_mapping', 'peft_version', 'revision', 'base_model_name_or_path', 'inference_mode',
  'target_modules', 'exclude_modules', 'layers_to_transform', 'layers_pattern', 'megatron_core', 'qalora_group_size',
  'ensure_weight_tying', 'eva_config', 'r', 'lora_alpha', 'lora_dropout', 'use_rslora',
]);
/** Starting points that leave the base weights as they were; the others change them, and the adapter alone is not enough. */
const PLAIN_INITS: readonly JsonValue[] = [true, false, 'gaussian', 'eva', 'orthogonal'];

/**
 * Reads a PEFT LoRA adapter. rsLoRA is honoured; whatever else changes the result (DoRA, rank and alpha patterns, biases,
 * saved modules, …, also settings that are not known here) is refused, never ignored.
 * With `base` given, every module must be one of its weights and fit its shape. Throws Refusals naming file and field.
 */
export async function readAdapter(source: FileSource, base?: ModelConfig): Promise<Adapter> {
  const names = await source.list();
  for (const name of [ADAPTER_CONFIG, ADAPTER_WEIGHTS]) {
    if (!names.includes(name)) throw missingFile(source.name, name, `give a LoRA directory, with ${ADAPTER_CONFIG} and ${ADAPTER_WEIGHTS}`);
  }
  const file = filePath(source.name, ADAPTER_CONFIG);
  const settings = readSettings(decodeUtf8(await readSmall(source, ADAPTER_CONFIG, MAX_CONFIG_BYTES), { file, code: 'bad-config' }), file);
  const weightFile = filePath(source.name, ADAPTER_WEIGHTS);
  const bytes = await source.read(ADAPTER_WEIGHTS);
  const header = readHeader(bytes, weightFile);
  const values = new Map([...header.tensors.keys()].map((name) => [name, readTensor(bytes, header, name)]));
  checkFinite(values, weightFile);
  const tensors = pairUp(values, settings.rank, weightFile);
  if (base !== undefined) checkAgainst(base, tensors, weightFile);
  const fingerprint = header.metadata.get(FINGERPRINT);
  return { ...settings, tensors, ...(fingerprint === undefined ? {} : { fingerprint }) };
}

/** True where a directory holds a LoRA adapter rather than a model. */
export function isAdapter(fileNames: readonly string[]): boolean {
  return fileNames.includes(ADAPTER_CONFIG);
}

/** adapter_config.json and adapter_model.safetensors, as PEFT reads them. */
export function writeAdapter(adapter: Adapter): Map<string, Uint8Array<ArrayBuffer>> {
  const targets = [...new Set([...adapter.tensors.keys()].map((module) => module.slice(module.lastIndexOf('.') + 1)))].sort();
  const config = {
    peft_type: 'LORA',
    task_type: 'CAUSAL_LM',
    base_model_name_or_path: adapter.base ?? null,
    r: adapter.rank,
    lora_alpha: adapter.alpha,
    lora_dropout: adapter.dropout,
    target_modules: targets,
    bias: 'none',
    use_rslora: false,
    use_dora: false,
    fan_in_fan_out: false,
    init_lora_weights: true,
    modules_to_save: null,
    rank_pattern: {},
    alpha_pattern: {},
    inference_mode: true,
  };
  const metadata = new Map(adapter.fingerprint === undefined ? [] : [[FINGERPRINT, adapter.fingerprint]]);
  const tensors = new Map<string, HostTensor>();
  for (const [module, { a, b }] of adapter.tensors) {
    tensors.set(`base_model.model.${module}.lora_A.weight`, a);
    tensors.set(`base_model.model.${module}.lora_B.weight`, b);
  }
  return new Map([
    [ADAPTER_CONFIG, new TextEncoder().encode(`${JSON.stringify(config, null, 2)}\n`)],
    [ADAPTER_WEIGHTS, writeSafetensors(tensors, { metadata })],
  ]);
}

function readSettings(text: string, file: string): Omit<Adapter, 'tensors' | 'fingerprint'> {
  const json = parseJson(text.replace(/^\uFEFF/, ''), { file, code: 'bad-config' });
  if (!isJsonMap(json)) throw new Refusal('bad-config', { file, expected: 'a JSON object', got: 'another value' });
  const bad = (field: string, expected: string, got: string, fix?: string): Refusal =>
    new Refusal('bad-config', { file, field, expected, got, ...(fix === undefined ? {} : { fix }) });
  if (json.get('peft_type') !== 'LORA') throw bad('peft_type', 'LORA', show(json.get('peft_type')), 'only LoRA adapters can be read');
  for (const [key, value] of json) refuseUnknown(key, value, bad);
  const number = (key: string, fallback: number | undefined, ok: (value: number) => boolean, expected: string): number => {
    const value = json.get(key) ?? fallback;
    if (typeof value !== 'number' || !ok(value)) throw bad(key, expected, show(value));
    return value;
  };
  const rank = number('r', undefined, (r) => Number.isInteger(r) && r >= 1 && r <= 65536, 'a whole number from 1');
  const alpha = number('lora_alpha', undefined, (value) => value > 0 && Number.isFinite(value), 'a number above 0');
  const dropout = number('lora_dropout', 0, (share) => share >= 0 && share < 1, 'a share from 0 to below 1');
  const stable = json.get('use_rslora') ?? false;
  if (typeof stable !== 'boolean') throw bad('use_rslora', 'true or false', show(stable));
  const base = readBase(json);
  return { rank, alpha: stable ? alpha * Math.sqrt(rank) : alpha, dropout, ...(base === undefined ? {} : { base }) };
}

/** Unset settings (null, false, empty) change nothing; set ones do, unless they are known not to. */
function refuseUnknown(key: string, value: JsonValue, bad: (field: string, expected: string, got: string, fix: string) => Refusal): void {
  if (HARMLESS.has(key)) return;
  if (key === 'bias' && value === 'none') return;
  if (key === 'init_lora_weights' && PLAIN_INITS.includes(value)) return;
  const unset = value === null || value === false || (isJsonMap(value) && value.size === 0) || (isJsonArray(value) && value.length === 0);
  if (!unset) throw bad(key, 'it unset', show(value), 'adapters with this setting are not supported');
}

function readBase(json: JsonMap): string | undefined {
  const base = json.get('base_model_name_or_path');
  return typeof base === 'string' && base !== '' ? base : undefined;
}

function pairUp(values: ReadonlyMap<string, HostTensor>, rank: number, file: string): Map<string, LoraPair> {
  const halves = new Map<string, { a?: HostTensor; b?: HostTensor }>();
  for (const [name, tensor] of values) {
    const match = TENSOR_NAME.exec(name);
    const [, module = '', side] = match ?? [];
    if (match === null) throw new Refusal('bad-tensor', {
      file, field: name, expected: 'lora_A and lora_B weights only', got: 'another tensor',
    });
    const axis = side === 'A' ? 0 : 1;
    if (tensor.shape.length !== 2 || tensor.shape[axis] !== rank) {
      const expected = side === 'A' ? `shape (${String(rank)}, in)` : `shape (out, ${String(rank)})`;
      throw new Refusal('bad-tensor', { file, field: name, expected, got: shapeText(tensor.shape) });
    }
    halves.set(module, { ...halves.get(module), ...(side === 'A' ? { a: tensor } : { b: tensor }) });
  }
  const pairs = new Map<string, LoraPair>();
  for (const [module, { a, b }] of halves) {
    if (a === undefined || b === undefined) {
      throw new Refusal('bad-tensor', {
        file, field: module, expected: 'lora_A and lora_B', got: `no lora_${a === undefined ? 'A' : 'B'}`,
      });
    }
    pairs.set(module, { a, b });
  }
  if (pairs.size === 0) throw new Refusal('bad-tensor', { file, expected: 'lora_A and lora_B weights', got: 'no tensor' });
  return pairs;
}

function checkAgainst(base: ModelConfig, tensors: ReadonlyMap<string, LoraPair>, file: string): void {
  const shapes = parameterShapes(base);
  for (const [module, { a, b }] of tensors) {
    const shape = shapes.get(`${module}.weight`);
    const got = [b.shape[0] ?? 0, a.shape[1] ?? 0];
    if (shape === undefined || !sameShape(shape, got)) {
      throw new Refusal('mismatched-models', {
        file, field: module, expected: shape === undefined ? 'a weight of the base model' : `an update of shape ${shapeText(shape)}`,
        got: shape === undefined ? 'none of its weights' : shapeText(got), fix: 'use the base model that the adapter was trained on',
      });
    }
  }
}
