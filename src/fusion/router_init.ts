import type { HostTensor } from '../formats/host_tensor';
import type { Gpu } from '../gpu/gpu';
import { Scope } from '../gpu/scope';
import { FROZEN } from '../model/policy';
import { ParameterStore } from '../model/store';
import { transformer, type Transformer } from '../model/transformer';
import { Workspace } from '../model/workspace';
import { Random } from '../random/random';
import { makeBatch, planLength, type LabelledRow } from '../model/batch';
import { batchInput } from '../model/input';
import type { HostModel } from './assemble';
import type { FusionRecipe } from './recipe';
import { Ridge } from './ridge';

const RANDOM_DEVIATION = 0.02;
/** Regression answers lie within ±1; times this they decide a softmax without saturating it. */
const RIDGE_SCALE = 3;
const RIDGE_STRENGTH = 1e-2;
const ROWS_AT_ONCE = 8;

/** One gate (E, C) per layer, under its canonical name. */
export type Gates = Map<string, HostTensor>;

/**
 * How the routers start.
 * random: normal, deviation 0.02. hidden: row e is the mean FFN input over dataset e's prompts, scaled to length 1.
 * ridge: the gate that best predicts each token's dataset (one-hot less its share of the tokens) from its FFN input, times 3.
 * Both run the base model over at most `routerRows` rows a dataset.
 */
export async function routerInit(
  gpu: Gpu, base: HostModel, rows: readonly LabelledRow[], experts: number,
  { routerInit: kind, routerRows, routing, seed }: Pick<FusionRecipe, 'routerInit' | 'routerRows' | 'routing' | 'seed'>,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<Gates> {
  const { width: C, layers } = base.config;
  if (kind === 'random') {
    const random = new Random(seed);
    return gates(Array.from({ length: layers }, () => Float64Array.from({ length: experts * C }, () => random.normal() * RANDOM_DEVIATION)), experts, C);
  }
  const chosen = firstOfEach(rows, experts, routerRows);
  const counts = Array.from({ length: experts }, (_, e) => chosen.filter(({ label }) => label === e).length);
  // What one regression sample is: a row's prompt mean, or each of its tokens.
  const samples = Array.from({ length: experts }, (_, e) => chosen.reduce((sum, { label, ids }) => sum + (label !== e ? 0 : routing === 'sequence' ? 1 : ids.length), 0));
  const all = samples.reduce((sum, count) => sum + count, 0);
  const ridges = Array.from({ length: layers }, () => new Ridge(C, experts));
  const means = Array.from({ length: layers }, () => new Float64Array(experts * C));
  await eachFfnInput(gpu, base, chosen, (layer, row, inputs, tokens) => {
    const prompt = mean(inputs, Math.max(row.promptLength, 1), C);
    const rowMeans = means[layer];
    prompt.forEach((value, c) => { if (rowMeans) rowMeans[row.label * C + c] = (rowMeans[row.label * C + c] ?? 0) + value / (counts[row.label] ?? 1); });
    const wanted = samples.map((count, e) => (e === row.label ? 1 : 0) - count / all);
    if (kind === 'hidden') return;
    if (routing === 'sequence') ridges[layer]?.add(prompt, wanted);
    else for (let t = 0; t < tokens; t++) ridges[layer]?.add(inputs.subarray(t * C, (t + 1) * C), wanted);
  }, progress);
  if (kind === 'hidden') return gates(means.map((values) => unitRows(values, experts, C)), experts, C);
  return gates(ridges.map((ridge) => ridge.solve(RIDGE_STRENGTH).map((w) => w * RIDGE_SCALE)), experts, C);
}

function gates(perLayer: readonly Float64Array[], E: number, C: number): Gates {
  return new Map(perLayer.map((values, layer) => [
    `model.layers.${layer}.block_sparse_moe.gate.weight`, { shape: [E, C], data: Float32Array.from(values) },
  ]));
}

function firstOfEach(rows: readonly LabelledRow[], experts: number, limit: number): LabelledRow[] {
  return Array.from({ length: experts }, (_, e) => rows.filter(({ label }) => label === e).slice(0, limit)).flat();
}

function mean(values: Float32Array, count: number, C: number): Float64Array {
  const result = new Float64Array(C);
  for (let t = 0; t < count; t++) for (let c = 0; c < C; c++) result[c] = (result[c] ?? 0) + (values[t * C + c] ?? 0) / count;
  return result;
}

function unitRows(values: Float64Array, E: number, C: number): Float64Array {
  const result = Float64Array.from(values);
  for (let e = 0; e < E; e++) {
    const row = result.subarray(e * C, (e + 1) * C);
    const length = Math.max(Math.hypot(...row), 1e-12);
    row.forEach((value, c) => { row[c] = value / length; });
  }
  return result;
}

type Visit = (layer: number, row: LabelledRow, inputs: Float32Array, tokens: number) => void;

/** Runs the base over the rows and hands over each layer's post-norm FFN inputs, (tokens, C) a row. */
async function eachFfnInput(gpu: Gpu, base: HostModel, rows: readonly LabelledRow[], visit: Visit, progress: (done: number, total: number) => void): Promise<void> {
  const store = new ParameterStore(gpu, base.config, FROZEN);
  const workspace = new Workspace(gpu, 'router start');
  const scope = new Scope(gpu, 'router start');
  try {
    store.load(base.weights);
    const C = base.config.width;
    const B = ROWS_AT_ONCE;
    const T = planLength(rows);
    const model: Transformer = transformer(scope, workspace, store, { dims: { B, T, rows: 1 }, head: 'none' });
    await gpu.ready();
    for (let start = 0; start < rows.length; start += B) {
      const some = rows.slice(start, start + B);
      batchInput(gpu, model, makeBatch(some, B, T));
      gpu.run('router start', (r) => { for (const op of model.ops) op.forward(r); });
      for (const [layer, tensor] of model.ffnInputs.entries()) {
        const values = await gpu.read(tensor);
        some.forEach((row, b) => { visit(layer, row, values.subarray(b * T * C, (b * T + row.ids.length) * C), row.ids.length); });
      }
      progress(Math.min(start + B, rows.length), rows.length);
    }
  } finally {
    scope.dispose();
    workspace.dispose();
    store.dispose();
  }
}
