import { afterEach } from 'vitest';
import { Gpu, type AdapterFacts } from '../gpu/gpu';
import { Scope } from '../gpu/scope';
import type { Tensor } from '../gpu/tensor';
import { nodeGpu } from '../headless/node_gpu';

const open: Scope[] = [];
afterEach(() => {
  for (const scope of open.splice(0)) scope.dispose();
});

/**
 * A scope on the real adapter for one test; disposed after it. `pretend` changes what the ops believe about the adapter,
 * so that the workgroup sizes chosen for other adapters are tested too.
 */
export async function testScope(pretend?: Partial<AdapterFacts>): Promise<Scope> {
  const real = await nodeGpu(() => undefined);
  const scope = new Scope(pretend ? new Gpu(real.device, { ...real.adapter, ...pretend }) : real, 'test');
  open.push(scope);
  return scope;
}

/** Uploads values as a tensor of that shape. */
export function upload(scope: Scope, label: string, shape: readonly number[], values: ArrayLike<number>): Tensor {
  const tensor = scope.tensor(label, shape);
  scope.gpu.write(tensor, Float32Array.from(values));
  return tensor;
}

export function uploadU32(scope: Scope, label: string, shape: readonly number[], values: ArrayLike<number>): Tensor {
  const tensor = scope.tensor(label, shape);
  scope.gpu.write(tensor, Uint32Array.from(values));
  return tensor;
}
