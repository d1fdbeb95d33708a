import type { ModelConfig } from './hf_config';

/** Where the values of one tensor of a file go: consecutive runs of its elements are whole parameters. */
export interface FileTensor {
  readonly shape: readonly number[];
  /** Canonical names; one for most tensors, several for a stack of experts. All runs have the same length. */
  readonly parts: readonly string[];
}

/**
 * Every parameter's canonical name and shape, in the model's order: the classic Hugging Face names.
 * `model.embed_tokens.weight` is always there, `lm_head.weight` only where it is not tied.
 */
export function parameterShapes(config: ModelConfig): Map<string, readonly number[]> {
  const { vocab: V, width: C, ffnWidth: F, layers, heads, kvHeads, headDim: D, experts: E } = config;
  const shapes = new Map<string, readonly number[]>([['model.embed_tokens.weight', [V, C]]]);
  for (let layer = 0; layer < layers; layer++) {
    const prefix = `model.layers.${String(layer)}`;
    shapes.set(`${prefix}.input_layernorm.weight`, [C]);
    shapes.set(`${prefix}.self_attn.q_proj.weight`, [heads * D, C]);
    shapes.set(`${prefix}.self_attn.k_proj.weight`, [kvHeads * D, C]);
    shapes.set(`${prefix}.self_attn.v_proj.weight`, [kvHeads * D, C]);
    shapes.set(`${prefix}.self_attn.o_proj.weight`, [C, heads * D]);
    shapes.set(`${prefix}.post_attention_layernorm.weight`, [C]);
    if (E > 1) shapes.set(`${prefix}.block_sparse_moe.gate.weight`, [E, C]);
    for (let expert = 0; expert < E; expert++) {
      const { gate, up, down } = ffnNames(config, layer, expert);
      shapes.set(gate, [F, C]);
      shapes.set(up, [F, C]);
      shapes.set(down, [C, F]);
    }
  }
  shapes.set('model.norm.weight', [C]);
  if (!config.tied) shapes.set('lm_head.weight', [V, C]);
  return shapes;
}

/** Canonical names of one expert's three projections, or of the dense FFN where the model has one expert. */
export function ffnNames(config: ModelConfig, layer: number, expert: number): { gate: string; up: string; down: string } {
  const prefix = `model.layers.${String(layer)}`;
  if (config.experts === 1) {
    return { gate: `${prefix}.mlp.gate_proj.weight`, up: `${prefix}.mlp.up_proj.weight`, down: `${prefix}.mlp.down_proj.weight` };
  }
  const own = `${prefix}.block_sparse_moe.experts.${String(expert)}`;
  return { gate: `${own}.w1.weight`, up: `${own}.w3.weight`, down: `${own}.w2.weight` };
}

/** Every tensor name that a file of this model may hold, with its shape there: the canonical ones and the other spellings. */
export function fileTensors(config: ModelConfig): Map<string, FileTensor> {
  const known = new Map<string, FileTensor>();
  for (const [name, shape] of parameterShapes(config)) known.set(name, { shape, parts: [name] });
  const { vocab: V, width: C, ffnWidth: F, experts: E } = config;
  if (config.tied) known.set('lm_head.weight', { shape: [V, C], parts: ['model.embed_tokens.weight'] });
  if (E === 1) return known;
  // The stacked names that transformers 5 writes for Mixtral; gate before up.
  for (let layer = 0; layer < config.layers; layer++) {
    const names = Array.from({ length: E }, (_, expert) => ffnNames(config, layer, expert));
    const prefix = `model.layers.${String(layer)}`;
    known.set(`${prefix}.mlp.gate.weight`, { shape: [E, C], parts: [`${prefix}.block_sparse_moe.gate.weight`] });
    known.set(`${prefix}.mlp.experts.gate_up_proj`, { shape: [E, 2 * F, C], parts: names.flatMap(({ gate, up }) => [gate, up]) });
    known.set(`${prefix}.mlp.experts.down_proj`, { shape: [E, C, F], parts: names.map(({ down }) => down) });
  }
  return known;
}
