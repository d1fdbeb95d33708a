import { Scope } from '../gpu/scope';
import type { HostTensor } from '../formats/host_tensor';
import { batchTokens, type Batch } from '../model/batch';
import type { ParameterStore } from '../model/store';
import { Workspace } from '../model/workspace';
import { MicroPlan } from './micro_plan';
import type { LossWeights } from './recipe';
import { routerLosses, routerValues } from './step_metrics';

export interface GradientResult {
  /** lm + λ·gate. */
  readonly loss: number;
  readonly lm: number;
  readonly gate: number;
  /** Of every parameter that trains, by canonical name. */
  readonly gradients: Map<string, HostTensor>;
}

/** The losses of one batch and their gradients, by the very plan that training replays. Waits for the GPU. */
export async function gradientsOf(store: ParameterStore, batch: Batch, losses: LossWeights): Promise<GradientResult> {
  const { gpu, flat } = store;
  const workspace = new Workspace(gpu, 'gradients');
  const plan = new MicroPlan(new Scope(gpu, 'gradients plan'), store, workspace, batch, 'tune');
  try {
    const sequences = batch.lengths.filter((length) => length > 0).length;
    plan.load(batch, { targets: batch.count, sequences, tokens: batchTokens(batch), microBatches: 1 }, losses, 0);
    gpu.run('gradients', (r) => {
      if (flat) r.clear(flat.grad);
      for (const { record } of plan.commands()) record(r);
    });
    await gpu.ready();
    const lm = ((await gpu.read(plan.sources.lossSum))[0] ?? NaN) / Math.max(batch.count, 1);
    const router = routerValues(await Promise.all(plan.sources.router.map((tensor) => gpu.read(tensor))));
    const { gate } = routerLosses([{ batch, lossSum: 0, ...(router ? { router } : {}) }], { L: store.config.layers, E: store.config.experts });
    const weight = losses.gateLoss === 'none' ? 0 : losses.gateWeight;
    return { loss: lm + weight * gate, lm, gate, gradients: await store.download('grad') };
  } finally {
    plan.dispose();
    workspace.dispose();
  }
}
