import { weightOf, type HostModel } from '../fusion/assemble';
import { ffnNames, parameterShapes } from '../formats/parameters';
import { EXPERTS, type LedgerRow, type SourceModel } from './protocol';

/**
 * Where every tensor of the fused model comes from, and how far each aligned model stands from the base there:
 * ‖W_i − W_base‖ / ‖W_base‖ in Frobenius norms. What is alike in a layer, attention and norms, is one row.
 */
export function ledgerOf(models: Readonly<Record<SourceModel, HostModel>>): readonly LedgerRow[] {
  const { base, ...aligned } = models;
  const { config } = base;
  const { layers, width } = config;
  const shapes = parameterShapes(config);
  const shape = (name: string): readonly number[] => shapes.get(name) ?? [];
  const rows: LedgerRow[] = [{ name: 'embed_tokens', part: 'embedding', shape: shape('model.embed_tokens.weight'), tensors: 1, source: 'base' }];
  for (let layer = 0; layer < layers; layer++) {
    const prefix = `model.layers.${String(layer)}`;
    const short = `layers.${String(layer)}`;
    const attention = [...shapes.keys()].filter((name) => name.startsWith(`${prefix}.self_attn.`));
    rows.push({ name: `${short}.self_attn.*`, part: 'attention', shape: shape(attention[0] ?? ''), tensors: attention.length, source: 'base' });
    for (const name of Object.values(ffnNames(config, layer, 0))) {
      rows.push({
        name: name.replace(/^model\./, '').replace(/\.weight$/, ''), part: 'expert', shape: [EXPERTS.length, ...shape(name)], tensors: EXPERTS.length,
        source: 'experts', distance: EXPERTS.map((expert) => distance(base, aligned[expert], name)),
      });
    }
    rows.push({ name: `${short}.router`, part: 'router', shape: [EXPERTS.length, width], tensors: 1, source: 'new' });
  }
  const norms = [...shapes.keys()].filter((name) => name.endsWith('norm.weight'));
  rows.push({ name: '*norm', part: 'norm', shape: [width], tensors: norms.length, source: 'base' });
  if (!config.tied) rows.push({ name: 'lm_head', part: 'embedding', shape: shape('lm_head.weight'), tensors: 1, source: 'base' });
  return rows;
}

function distance(base: HostModel, aligned: HostModel, name: string): number {
  const from = weightOf(base, name).data;
  const to = weightOf(aligned, name).data;
  let moved = 0;
  let whole = 0;
  for (let i = 0; i < from.length; i++) {
    const start = from[i] ?? 0;
    moved += ((to[i] ?? 0) - start) ** 2;
    whole += start ** 2;
  }
  return Math.sqrt(moved / whole);
}
