import type { HostTensor } from '../formats/host_tensor';
import { batchTokens, type Batch } from '../model/batch';
import type { ParameterStore } from '../model/store';
import { Workspace } from '../model/workspace';
import { MicroPlan } from './micro_plan';
import type { LossWeights } from './recipe';
import { meanGateLoss } from './step_metrics';

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
  const plan = new MicroPlan(store, workspace, batch, 'tune', losses);
  try {
    const sequences = batch.lengths.filter((length) => length > 0).length;
    plan.load(batch, { targets: batch.count, sequences, tokens: batchTokens(batch), microBatches: 1 }, losses, 0);
    gpu.run('gradients', (r) => {
      if (flat) r.clear(flat.grad);
      for (const { record } of plan.commands()) record(r);
    });
    await gpu.ready();
    const lm = ((await gpu.read(plan.sources.lossSum))[0] ?? NaN) / Math.max(batch.count, 1);
    const [gateTensor] = plan.sources.router;
    const gate = gateTensor === undefined ? 0 : meanGateLoss([{ batch, lossSum: 0, router: [await gpu.read(gateTensor)] }]);
    const weight = losses.gateLoss === 'none' ? 0 : losses.gateWeight;
    return { loss: lm + weight * gate, lm, gate, gradients: await store.download('grad') };
  } finally {
    plan.dispose();
    workspace.dispose();
  }
}
