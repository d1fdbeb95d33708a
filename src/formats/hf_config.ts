import { Refusal } from '../errors/refusal';
import { ConfigReader, type Limit } from './config_reader';
import { isJsonArray, isJsonMap, parseJson, type JsonMap } from './json';
import { show } from './show';

/** A Llama-family transformer, dense or with experts, as its config.json describes it. Sizes are counts of elements. */
export interface ModelConfig {
  readonly vocab: number; // V
  readonly width: number; // C
  readonly ffnWidth: number; // F, of one expert
  readonly layers: number; // L
  readonly heads: number; // H
  readonly kvHeads: number; // KV, divides H
  readonly headDim: number; // D, even
  /** Most positions. */
  readonly context: number; // T
  readonly ropeTheta: number;
  readonly normEps: number;
  /** The output projection is the embedding. */
  readonly tied: boolean;
  readonly bos?: number;
  readonly eos?: readonly number[];
  /** 1 is a dense model. */
  readonly experts: number; // E
  /** 1 for a dense model. */
  readonly topK: number; // K ≤ E
  /** Whether each token or the whole prompt picks the experts. Plain Mixtral knows only 'token'. */
  readonly routing: 'token' | 'sequence';
  /** What each expert was aligned for, in order; E names where present. */
  readonly expertNames?: readonly string[];
}

/** Most experts that the router chooses from. */
export const MAX_EXPERTS = 8;
/**
 * What the kernels serve; and for the other sizes a bound above every published model, so that nothing is allocated for a
 * config that lies before any weight was read.
 */
const LIMITS = {
  vocab: { most: 2 ** 21, why: 'far above any vocabulary in use' },
  width: { most: 2 ** 16, why: 'far above any width in use' },
  ffnWidth: { most: 2 ** 18, why: 'far above any width in use' },
  layers: { most: 1024, why: 'far above any depth in use' },
  heads: { most: 1024, why: 'far above any number in use' },
  headDim: { most: 128, why: 'the widest head that the attention computes' },
  context: { most: 2 ** 24, why: 'far above any context in use' },
  experts: { most: MAX_EXPERTS, why: 'the most experts that the router chooses from' },
} as const satisfies Record<string, Limit>;

const FAMILIES: ReadonlyMap<string, 'llama' | 'mixtral'> = new Map([
  ['LlamaForCausalLM', 'llama'], ['MixtralForCausalLM', 'mixtral'], ['llama', 'llama'], ['mixtral', 'mixtral'],
]);

/**
 * Reads config.json of a Llama or Mixtral (transformers 4 and 5 spellings). What the model would compute differently and
 * this project does not (biases, RoPE scaling, sliding windows, other activations, quantisation) is refused, not ignored.
 * `json` is the text, or what JSON.parse made of it. Throws a Refusal 'bad-config'.
 */
export function parseConfig(json: unknown, file: string): ModelConfig {
  return configFromMap(typeof json === 'string' ? configMap(json, file) : configMap(JSON.stringify(json ?? null), file), file);
}

/** config.json as a map, before it is understood. */
export function configMap(text: string, file: string): JsonMap {
  const value = parseJson(text.replace(/^\uFEFF/, ''), { file, code: 'bad-config' });
  if (!isJsonMap(value)) throw new Refusal('bad-config', { file, expected: 'a JSON object', got: 'another value' });
  return value;
}

export function configFromMap(map: JsonMap, file: string): ModelConfig {
  const read = new ConfigReader(map, file);
  const family = readFamily(read);
  refuseUnknownMaths(read);
  const width = read.size('hidden_size', LIMITS.width);
  const heads = read.size('num_attention_heads', LIMITS.heads);
  const kvHeads = read.size('num_key_value_heads', LIMITS.heads, family === 'mixtral' ? 8 : heads);
  if (width % heads !== 0) throw read.bad('num_attention_heads', `a divisor of hidden_size ${String(width)}`, String(heads));
  if (heads % kvHeads !== 0) throw read.bad('num_key_value_heads', `a divisor of num_attention_heads ${String(heads)}`, String(kvHeads));
  const headDim = read.size('head_dim', LIMITS.headDim, width / heads);
  if (headDim % 2 !== 0) throw read.bad('head_dim', 'an even number, as rotary positions turn pairs', String(headDim));
  const vocab = read.size('vocab_size', LIMITS.vocab);
  const bos = read.tokens('bos_token_id', vocab)[0];
  const eos = read.tokens('eos_token_id', vocab);
  return {
    vocab,
    width,
    ffnWidth: read.size('intermediate_size', LIMITS.ffnWidth),
    layers: read.size('num_hidden_layers', LIMITS.layers),
    heads,
    kvHeads,
    headDim,
    context: read.size('max_position_embeddings', LIMITS.context),
    ropeTheta: readRopeTheta(read, family),
    normEps: read.positive('rms_norm_eps', family === 'mixtral' ? 1e-5 : 1e-6),
    tied: read.flag('tie_word_embeddings'),
    ...(bos === undefined ? {} : { bos }),
    ...(eos.length === 0 ? {} : { eos }),
    ...readExperts(read, family),
  };
}

function readFamily(read: ConfigReader): 'llama' | 'mixtral' {
  const listed = read.get('architectures');
  const name = (isJsonArray(listed) ? listed[0] : undefined) ?? read.get('model_type');
  const family = typeof name === 'string' ? FAMILIES.get(name) : undefined;
  if (family === undefined) {
    const got = typeof name === 'string' ? name : 'none';
    throw read.bad('architectures', 'LlamaForCausalLM or MixtralForCausalLM', got, 'pick a Llama or Mixtral model');
  }
  return family;
}

/** Facts that change what a model computes, each with the only value this project computes. */
function refuseUnknownMaths(read: ConfigReader): void {
  for (const key of ['attention_bias', 'mlp_bias']) {
    if (read.flag(key)) throw read.bad(key, 'false', 'true', 'models with biases are not supported');
  }
  const activation = read.get('hidden_act') ?? 'silu';
  if (activation !== 'silu') throw read.bad('hidden_act', 'silu', show(activation), 'only SwiGLU feed-forward layers are supported');
  for (const key of ['sliding_window', 'quantization_config']) {
    const value = read.get(key) ?? null;
    if (value !== null) throw read.bad(key, 'null', show(value), 'pick a model without it');
  }
  const partial = read.get('partial_rotary_factor') ?? 1;
  if (partial !== 1) throw read.bad('partial_rotary_factor', '1', show(partial));
  for (const key of ['rope_scaling', 'rope_parameters']) {
    const rope = read.get(key) ?? null;
    if (rope === null) continue;
    if (!isJsonMap(rope)) throw read.bad(key, 'an object or null', show(rope));
    const type = rope.get('rope_type') ?? rope.get('type') ?? 'default';
    if (type !== 'default') throw read.bad(`${key}.rope_type`, 'default', show(type), 'scaled rotary positions are not supported');
    const part = rope.get('partial_rotary_factor') ?? 1;
    if (part !== 1) throw read.bad(`${key}.partial_rotary_factor`, '1', show(part));
  }
}

function readRopeTheta(read: ConfigReader, family: 'llama' | 'mixtral'): number {
  const fallback = family === 'mixtral' ? 1e6 : 1e4;
  const nested = read.get('rope_parameters');
  const inner = isJsonMap(nested) ? nested.get('rope_theta') : undefined;
  if (inner === undefined || inner === null) return read.positive('rope_theta', fallback);
  if (typeof inner !== 'number' || !(inner > 0)) throw read.bad('rope_parameters.rope_theta', 'a number above 0', show(inner));
  const outer = read.get('rope_theta') ?? inner;
  if (outer !== inner) throw read.bad('rope_theta', `${String(inner)}, as in rope_parameters`, show(outer));
  return inner;
}

function readExperts(read: ConfigReader, family: 'llama' | 'mixtral'): Pick<ModelConfig, 'experts' | 'topK' | 'routing' | 'expertNames'> {
  if (family === 'llama') return { experts: 1, topK: 1, routing: 'token' };
  const experts = read.size('num_local_experts', LIMITS.experts, 8);
  if (experts < 2) throw read.bad('num_local_experts', 'at least 2', String(experts));
  const topK = read.size('num_experts_per_tok', LIMITS.experts, 2);
  if (topK > experts) throw read.bad('num_experts_per_tok', `at most num_local_experts ${String(experts)}`, String(topK));
  const own = read.get('h3fusion') ?? null;
  if (own === null) return { experts, topK, routing: 'token' };
  if (!isJsonMap(own)) throw read.bad('h3fusion', 'an object', show(own));
  const routing = own.get('routing') ?? 'token';
  if (routing !== 'token' && routing !== 'sequence') throw read.bad('h3fusion.routing', 'token or sequence', show(routing));
  const names = own.get('experts') ?? null;
  if (names === null) return { experts, topK, routing };
  if (!isJsonArray(names) || names.length !== experts || !names.every((name) => typeof name === 'string')) {
    throw read.bad('h3fusion.experts', `${String(experts)} names`, show(names));
  }
  return { experts, topK, routing, expertNames: names };
}
