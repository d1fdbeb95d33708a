import type { ModelConfig } from './hf_config';

/** Values that may stand in a JSON file of ours. */
export type PlainJson = null | boolean | number | string | readonly PlainJson[] | { readonly [key: string]: PlainJson };

export interface ConfigExtras {
  readonly dtype?: 'F32' | 'F16';
  /** Further facts under `h3fusion`, beside routing and expert names: provenance for people, read by no one. */
  readonly facts?: { readonly [key: string]: PlainJson };
}

/**
 * config.json for transformers 4 and 5 and for llama.cpp's converter: Llama for a dense model, Mixtral for experts.
 * Facts with two spellings stand in both.
 */
export function writeConfig(config: ModelConfig, { dtype = 'F32', facts = {} }: ConfigExtras = {}): string {
  const torchType = dtype === 'F32' ? 'float32' : 'float16';
  const moe = config.experts > 1;
  const own = {
    ...(moe ? { routing: config.routing } : {}),
    ...(config.expertNames === undefined ? {} : { experts: config.expertNames }),
    ...facts,
  };
  const json = {
    architectures: [moe ? 'MixtralForCausalLM' : 'LlamaForCausalLM'],
    model_type: moe ? 'mixtral' : 'llama',
    vocab_size: config.vocab,
    hidden_size: config.width,
    intermediate_size: config.ffnWidth,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.kvHeads,
    head_dim: config.headDim,
    hidden_act: 'silu',
    max_position_embeddings: config.context,
    rms_norm_eps: config.normEps,
    rope_theta: config.ropeTheta,
    rope_parameters: { rope_theta: config.ropeTheta, rope_type: 'default' },
    tie_word_embeddings: config.tied,
    attention_dropout: 0,
    ...(moe
      ? {
          num_local_experts: config.experts,
          num_experts_per_tok: config.topK,
          sliding_window: null,
          router_aux_loss_coef: 0,
          router_jitter_noise: 0,
          output_router_logits: false,
        }
      : { attention_bias: false, mlp_bias: false, rope_scaling: null }),
    bos_token_id: config.bos ?? null,
    eos_token_id: eosValue(config),
    initializer_range: 0.02,
    use_cache: true,
    dtype: torchType,
    torch_dtype: torchType,
    ...(Object.keys(own).length === 0 ? {} : { h3fusion: own }),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

/** generation_config.json: where generation begins and stops. */
export function writeGenerationConfig(config: ModelConfig): string {
  return `${JSON.stringify({ _from_model_config: true, bos_token_id: config.bos ?? null, eos_token_id: eosValue(config) }, null, 2)}\n`;
}

/** One id as a number, several as a list, as transformers writes them. */
function eosValue({ eos = [] }: ModelConfig): number | readonly number[] | null {
  return eos.length > 1 ? eos : (eos[0] ?? null);
}
