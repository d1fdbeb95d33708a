import type { ModelConfig } from '../formats/hf_config';
import { ffnNames } from '../formats/parameters';

export type Role = 'embedding' | 'head' | 'norm' | 'attention' | 'ffn' | 'router';

/** One tensor on the GPU: a parameter of the file, or the stack of one expert projection over all experts. */
export interface ParameterSpec {
  /** Our name, e.g. "layers.0.ffn.gate". */
  readonly key: string;
  readonly shape: readonly number[];
  readonly role: Role;
  /** The file's canonical names whose values follow one another in the tensor. */
  readonly files: readonly string[];
}

export type Projection = 'gate' | 'up' | 'down';
export const PROJECTIONS: readonly Projection[] = ['gate', 'up', 'down'];

/** Output and input channels of an FFN projection. */
export function projectionSize(config: ModelConfig, projection: Projection): { O: number; I: number } {
  const { width: C, ffnWidth: F } = config;
  return projection === 'down' ? { O: C, I: F } : { O: F, I: C };
}

/** All parameters of a Llama-family model in file order; a dense FFN is a stack of one expert. */
export function parameterSpecs(config: ModelConfig): ParameterSpec[] {
  const { vocab: V, width: C, heads: H, kvHeads: KV, headDim: D, experts: E } = config;
  const one = (key: string, role: Role, file: string, shape: readonly number[]): ParameterSpec => ({ key, role, shape, files: [file] });
  const specs = [one('embedding', 'embedding', 'model.embed_tokens.weight', [V, C])];
  for (let layer = 0; layer < config.layers; layer++) {
    const key = `layers.${layer}`;
    const file = `model.layers.${layer}`;
    specs.push(
      one(`${key}.attention_norm`, 'norm', `${file}.input_layernorm.weight`, [C]),
      one(`${key}.q`, 'attention', `${file}.self_attn.q_proj.weight`, [H * D, C]),
      one(`${key}.k`, 'attention', `${file}.self_attn.k_proj.weight`, [KV * D, C]),
      one(`${key}.v`, 'attention', `${file}.self_attn.v_proj.weight`, [KV * D, C]),
      one(`${key}.o`, 'attention', `${file}.self_attn.o_proj.weight`, [C, H * D]),
      one(`${key}.ffn_norm`, 'norm', `${file}.post_attention_layernorm.weight`, [C]),
    );
    if (E > 1) specs.push(one(`${key}.router`, 'router', `${file}.block_sparse_moe.gate.weight`, [E, C]));
    for (const projection of PROJECTIONS) {
      const { O, I } = projectionSize(config, projection);
      const files = Array.from({ length: E }, (_, expert) => ffnNames(config, layer, expert)[projection]);
      specs.push({ key: `${key}.ffn.${projection}`, role: 'ffn', shape: [E, O, I], files });
    }
  }
  specs.push(one('final_norm', 'norm', 'model.norm.weight', [C]));
  if (!config.tied) specs.push(one('head', 'head', 'lm_head.weight', [V, C]));
  return specs;
}

/** Number of parameters of a model. */
export function parameterCount(config: ModelConfig): number {
  return parameterSpecs(config).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
}
