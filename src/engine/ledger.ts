import { weightOf, type HostModel } from '../fusion/assemble';
import { ffnNames, parameterShapes } from '../formats/parameters';
import type { HostTensor } from '../formats/host_tensor';
import { EXPERTS, type LedgerDrift, type LedgerRow, type SourceModel } from './protocol';

const PROJECTIONS = ['gate', 'up', 'down'] as const;

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
        name: shortName(name), part: 'expert', shape: [EXPERTS.length, ...shape(name)], tensors: EXPERTS.length,
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

/** What a fused model began as. */
export interface LedgerStart {
  readonly base: HostModel;
  /** Those that became its experts, in their order. */
  readonly experts: readonly HostModel[];
  /** The routers by name; none where they are not known. */
  readonly gates: ReadonlyMap<string, HostTensor>;
}

/**
 * How far the tensors of the ledger's rows have moved since step 0: ‖W − W⁰‖ / ‖W⁰‖ in Frobenius norms, one number, or one an expert.
 * A row whose start is not known, or which no recipe trains, is left out.
 */
export function ledgerDrift({ base, experts, gates }: LedgerStart, fused: HostModel): LedgerDrift['rows'] {
  const rows: Record<string, readonly number[]> = {};
  for (let layer = 0; layer < base.config.layers; layer++) {
    const prefix = `model.layers.${String(layer)}`;
    const attention = [...base.weights.keys()].filter((name) => name.startsWith(`${prefix}.self_attn.`));
    rows[`layers.${String(layer)}.self_attn.*`] = [share(attention.map((name) => [weightOf(base, name).data, weightOf(fused, name).data]))];
    for (const projection of PROJECTIONS) {
      const plain = ffnNames(base.config, layer, 0)[projection];
      rows[shortName(plain)] = experts.map((expert, e) => share([[weightOf(expert, plain).data, weightOf(fused, ffnNames(fused.config, layer, e)[projection]).data]]));
    }
    const gate = `${prefix}.block_sparse_moe.gate.weight`;
    const start = gates.get(gate);
    if (start !== undefined) rows[`layers.${String(layer)}.router`] = [share([[start.data, weightOf(fused, gate).data]])];
  }
  return rows;
}

function shortName(name: string): string {
  return name.replace(/^model\./, '').replace(/\.weight$/, '');
}

function distance(base: HostModel, aligned: HostModel, name: string): number {
  return share([[weightOf(base, name).data, weightOf(aligned, name).data]]);
}

/** ‖to − from‖ / ‖from‖ over all of them together. */
function share(pairs: readonly (readonly [from: Float32Array, to: Float32Array])[]): number {
  let moved = 0;
  let whole = 0;
  for (const [from, to] of pairs) {
    for (let i = 0; i < from.length; i++) {
      const start = from[i] ?? 0;
      moved += ((to[i] ?? 0) - start) ** 2;
      whole += start ** 2;
    }
  }
  return Math.sqrt(moved / whole);
}
