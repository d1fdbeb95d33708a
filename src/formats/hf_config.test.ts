import { expect, test } from 'vitest';
import { Refusal } from '../errors/refusal';
import { parseConfig, type ModelConfig } from './hf_config';
import { writeConfig, writeGenerationConfig } from './hf_config_writer';

const llama = {
  architectures: ['LlamaForCausalLM'], model_type: 'llama', vocab_size: 2048, hidden_size: 128, intermediate_size: 384,
    num_hidden_layers: 2,
  num_attention_heads: 8, num_key_value_heads: 4, max_position_embeddings: 512, rms_norm_eps: 1e-6, rope_theta: 10000, bos_token_id: 1,
  eos_token_id: 2, tie_word_embeddings: true, hidden_act: 'silu', rope_scaling: null, attention_bias: false, mlp_bias: false,
    torch_dtype: 'float32',
};
const mixtral = {
  ...llama, architectures: ['MixtralForCausalLM'], model_type: 'mixtral', num_local_experts: 3, num_experts_per_tok: 2,
    sliding_window: null,
};

const dense: ModelConfig = {
  vocab: 2048, width: 128, ffnWidth: 384, layers: 2, heads: 8, kvHeads: 4, headDim: 16, context: 512, ropeTheta: 10000, normEps: 1e-6,
  tied: true, bos: 1, eos: [2], experts: 1, topK: 1, routing: 'token',
};

test('a Llama config is read, as text and as an object', () => {
  expect(parseConfig(llama, 'config.json')).toEqual(dense);
  expect(parseConfig(JSON.stringify(llama), 'config.json')).toEqual(dense);
});

test('what transformers leaves out has its default', () => {
  const { num_key_value_heads: _, tie_word_embeddings: __, bos_token_id: ___, eos_token_id: ____, rope_theta: _____, ...rest } = llama;
  expect(parseConfig(rest, 'config.json')).toEqual({
    vocab: 2048, width: 128, ffnWidth: 384, layers: 2, heads: 8, kvHeads: 8, headDim: 16, context: 512, ropeTheta: 10000, normEps: 1e-6,
    tied: false, experts: 1, topK: 1, routing: 'token',
  });
});

test('rope_theta is read from rope_parameters, EOS from a list, head_dim from its own key', () => {
  const { rope_theta: _, ...rest } = llama;
  const read = parseConfig({ ...rest, rope_parameters: { rope_theta: 5e5, rope_type: 'default' }, eos_token_id: [2, 5], head_dim: 32 },
    'config.json');
  expect(read).toEqual({ ...dense, ropeTheta: 5e5, eos: [2, 5], headDim: 32 });
});

test('a Mixtral is read with its experts, and our own facts with their routing and names', () => {
  expect(parseConfig(mixtral, 'config.json')).toEqual({ ...dense, experts: 3, topK: 2 });
  const own = { ...mixtral, h3fusion: { routing: 'sequence', experts: ['helpful', 'harmless', 'honest'], made: 'here' } };
  expect(parseConfig(own, 'config.json')).toEqual({
    ...dense, experts: 3, topK: 2, routing: 'sequence', expertNames: ['helpful', 'harmless', 'honest'],
  });
});

test.each<[string, ModelConfig]>([
  ['Llama', dense],
  ['Mixtral', { ...dense, experts: 3, topK: 1, ropeTheta: 1e6, tied: false, headDim: 32, eos: [2, 7] }],
  ['sequence-routed Mixtral', { ...dense, experts: 3, topK: 2, routing: 'sequence', expertNames: ['a', 'b', 'c'] }],
])('a %s config that is written reads back the same', (_, config) => {
  expect(parseConfig(writeConfig(config), 'config.json')).toEqual(config);
});

test('a written Mixtral config has every key that transformers and llama.cpp ask for, in both spellings', () => {
  const written = writeConfig({ ...dense, experts: 3, topK: 2 }, { dtype: 'F16', facts: { base: 'story' } });
  const json = JSON.parse(written) as Record<string, unknown>;
  expect(json).toMatchObject({
    architectures: ['MixtralForCausalLM'], model_type: 'mixtral', num_local_experts: 3, num_experts_per_tok: 2, hidden_size: 128,
      head_dim: 16,
    intermediate_size: 384, num_hidden_layers: 2, num_attention_heads: 8, num_key_value_heads: 4, hidden_act: 'silu', vocab_size: 2048,
    max_position_embeddings: 512, rms_norm_eps: 1e-6, sliding_window: null, tie_word_embeddings: true, router_aux_loss_coef: 0,
    output_router_logits: false, bos_token_id: 1, eos_token_id: 2, rope_theta: 10000,
      rope_parameters: { rope_theta: 10000, rope_type: 'default' },
    dtype: 'float16', torch_dtype: 'float16', h3fusion: { routing: 'token', base: 'story' },
  });
  expect(JSON.parse(writeGenerationConfig(dense))).toMatchObject({ bos_token_id: 1, eos_token_id: 2 });
});

test.each<[string, object, string]>([
  ['an unknown architecture', { ...llama, architectures: ['GemmaForCausalLM'] },
    'architectures: expected LlamaForCausalLM or MixtralForCausalLM, got Gemma'],
  ['no architecture', { ...llama, architectures: undefined, model_type: undefined }, 'got none'],
  ['heads that do not divide the width', { ...llama, num_attention_heads: 7 },
    'num_attention_heads: expected a divisor of hidden_size 128, got 7'],
  ['kv heads that do not divide the heads', { ...llama, num_key_value_heads: 3 }, 'num_key_value_heads: expected a divisor'],
  ['an odd head width', { ...llama, head_dim: 15 }, 'head_dim: expected an even number'],
  ['top-k above the experts', { ...mixtral, num_experts_per_tok: 4 }, 'num_experts_per_tok: expected at most num_local_experts 3, got 4'],
  ['a single expert', { ...mixtral, num_local_experts: 1, num_experts_per_tok: 1 }, 'num_local_experts: expected at least 2'],
  ['attention biases', { ...llama, attention_bias: true }, 'attention_bias: expected false, got true'],
  ['FFN biases', { ...llama, mlp_bias: true }, 'mlp_bias: expected false'],
  ['another activation', { ...llama, hidden_act: 'gelu' }, 'hidden_act: expected silu, got gelu'],
  ['RoPE scaling', { ...llama, rope_scaling: { type: 'linear', factor: 2 } }, 'rope_scaling.rope_type: expected default, got linear'],
  ['RoPE scaling in its new place', { ...llama, rope_parameters: { rope_theta: 1e4, rope_type: 'llama3' } }, 'rope_parameters.rope_type'],
  ['partial rotary positions', { ...llama, partial_rotary_factor: 0.5 }, 'partial_rotary_factor: expected 1'],
  ['two different rope_theta', { ...llama, rope_parameters: { rope_theta: 5 } },
    'rope_theta: expected 5, as in rope_parameters, got 10000'],
  ['a sliding window', { ...mixtral, sliding_window: 4096 }, 'sliding_window: expected null, got 4096'],
  ['quantised weights', { ...llama, quantization_config: { bits: 4 } }, 'quantization_config: expected null'],
  ['no width', { ...llama, hidden_size: undefined }, 'hidden_size: expected a whole number from 1, got null'],
  ['a fractional width', { ...llama, hidden_size: 12.5 }, 'hidden_size: expected a whole number from 1, got 12.5'],
  ['a width in quotes', { ...llama, hidden_size: '128' }, 'hidden_size'],
  ['a vocabulary of 10^12', { ...llama, vocab_size: 1e12 }, 'vocab_size'],
  ['1025 layers', { ...llama, num_hidden_layers: 1025 }, 'num_hidden_layers: expected at most 1024, far above any depth in use, got 1025'],
  ['a head wider than the attention computes', { ...llama, head_dim: 130 },
    'head_dim: expected at most 128, the widest head that the attention computes, got 130'],
  ['a head too wide by its default', { ...llama, num_attention_heads: 1, num_key_value_heads: 1, hidden_size: 256 }, 'head_dim: expected at most 128'],
  ['nine experts', { ...mixtral, num_local_experts: 9 },
    'num_local_experts: expected at most 8, the most experts that the router chooses from, got 9'],
  ['a width of 2^20', { ...llama, hidden_size: 2 ** 20 }, 'hidden_size: expected at most 65536'],
  ['an FFN of 2^20', { ...llama, intermediate_size: 2 ** 20 }, 'intermediate_size: expected at most 262144'],
  ['a context of 2^30', { ...llama, max_position_embeddings: 2 ** 30 }, 'max_position_embeddings: expected at most 16777216'],
  ['EOS outside the vocabulary', { ...llama, eos_token_id: [2, 2048] }, 'eos_token_id: expected token ids below vocab_size 2048'],
  ['a negative epsilon', { ...llama, rms_norm_eps: -1 }, 'rms_norm_eps: expected a number above 0'],
  ['an unknown routing', { ...mixtral, h3fusion: { routing: 'layer' } }, 'h3fusion.routing: expected token or sequence, got layer'],
  ['two names for three experts', { ...mixtral, h3fusion: { experts: ['a', 'b'] } }, 'h3fusion.experts: expected 3 names, got a list of 2'],
])('%s is refused', (_, json, sentence) => {
  const read = (): ModelConfig => parseConfig(json, 'config.json');
  expect(read).toThrow(Refusal);
  expect(read).toThrow(`config.json, `);
  expect(read).toThrow(sentence);
});

test('text that is no JSON object is refused', () => {
  expect(() => parseConfig('[1]', 'config.json')).toThrow('config.json: expected a JSON object');
  expect(() => parseConfig('{"vocab_size": 1', 'config.json')).toThrow('config.json at byte 16');
  expect(() => parseConfig(undefined, 'config.json')).toThrow(Refusal);
});
