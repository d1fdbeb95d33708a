import type { Gpu } from '../gpu/gpu';
import { Scope } from '../gpu/scope';
import type { Tensor } from '../gpu/tensor';

/** What trains, with its moments, as it was after a step; it stays on the GPU. */
export interface Snapshot {
  /** Steps done, warm-up included. */
  readonly step: number;
  /** Of GPU memory. */
  readonly bytes: number;
  /** In the order of what they are copies of. */
  readonly tensors: readonly Tensor[];
  dispose(): void;
}

/** Bytes that a snapshot of these would take. */
export function snapshotBytes(sources: readonly Tensor[]): number {
  return sources.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Records and submits the copies; what was submitted before is in them. Allocation errors are told by gpu.ready(). */
export function keep(gpu: Gpu, step: number, sources: readonly Tensor[]): Snapshot {
  const scope = new Scope(gpu, `snapshot of step ${step}`);
  const tensors = sources.map(({ label, shape }) => scope.tensor(label, shape));
  gpu.run('snapshot', (r) => { sources.forEach((source, i) => { r.copy(source, tensors[i] as Tensor); }); });
  return { step, bytes: snapshotBytes(sources), tensors, dispose: () => { scope.dispose(); } };
}

/** @throws RangeError where the sizes are not those of the snapshot. */
export function putBack(gpu: Gpu, { tensors }: Snapshot, targets: readonly Tensor[]): void {
  const fits = tensors.length === targets.length && tensors.every(({ bytes }, i) => bytes === targets[i]?.bytes);
  if (!fits) throw new RangeError('the snapshot is of another model or policy');
  gpu.run('put back', (r) => { tensors.forEach((tensor, i) => { r.copy(tensor, targets[i] as Tensor); }); });
}
