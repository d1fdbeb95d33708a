import type { Gpu } from '../gpu/gpu';
import { Scope } from '../gpu/scope';
import { elements, type Tensor } from '../gpu/tensor';

/**
 * Activation buffers by name, shared by plans of different lengths: only one plan runs at a time, so the plan of 32
 * positions lives in the buffers of the plan of 128. Build the largest first, or a larger buffer is made beside the old.
 */
export class Workspace {
  private readonly scope: Scope;
  private readonly buffers = new Map<string, Tensor>();

  constructor(gpu: Gpu, label: string) {
    this.scope = new Scope(gpu, label);
  }

  tensor(label: string, shape: readonly number[]): Tensor {
    const known = this.buffers.get(label);
    const count = elements(shape);
    if (known !== undefined && elements(known.shape) >= count) return { ...known, shape, bytes: count * 4 };
    const made = this.scope.tensor(label, shape);
    this.buffers.set(label, made);
    return made;
  }

  dispose(): void {
    this.scope.dispose();
    this.buffers.clear();
  }
}
