import type { Gpu } from '../gpu/gpu';
import { Scope } from '../gpu/scope';
import { elements, type Tensor } from '../gpu/tensor';

/**
 * Activation buffers by name, shared by plans of different lengths: only one plan runs at a time, so the plan of 32
 * positions lives in the buffers of the plan of 128. Build the largest first, or a larger buffer is made beside the old.
 */
export class Workspace {
  /** New buffers are made in the last one. */
  private readonly scopes: Scope[];
  private readonly buffers = new Map<string, Tensor>();

  constructor(private readonly gpu: Gpu, private readonly label: string) {
    this.scopes = [new Scope(gpu, label)];
  }

  tensor(label: string, shape: readonly number[]): Tensor {
    const known = this.buffers.get(label);
    const count = elements(shape);
    if (known !== undefined && elements(known.shape) >= count) return { ...known, shape, bytes: count * 4 };
    const made = (this.scopes.at(-1) as Scope).tensor(label, shape);
    this.buffers.set(label, made);
    return made;
  }

  /** @returns what frees all that is made from now on and brings back what was known: for plans that turn out not to fit */
  checkpoint(): () => void {
    const known = new Map(this.buffers);
    const scope = new Scope(this.gpu, this.label);
    this.scopes.push(scope);
    return () => {
      this.buffers.clear();
      for (const [label, tensor] of known) this.buffers.set(label, tensor);
      this.scopes.splice(this.scopes.indexOf(scope), 1);
      scope.dispose();
    };
  }

  dispose(): void {
    for (const scope of this.scopes.splice(0)) scope.dispose();
    this.buffers.clear();
  }
}
