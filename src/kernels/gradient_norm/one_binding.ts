import { Refusal } from '../../errors/refusal';
import type { Scope } from '../../gpu/scope';
import type { Tensor } from '../../gpu/tensor';

const MIB = 1024 * 1024;

/** @throws Refusal 'out-of-memory' where a flat tensor is larger than the adapter binds at once. */
export function requireOneBinding(scope: Scope, tensor: Tensor): void {
  const limit = scope.gpu.device.limits.maxStorageBufferBindingSize;
  if (tensor.bytes <= limit) return;
  throw new Refusal('out-of-memory', {
    file: 'GPU memory',
    field: tensor.label,
    expected: `at most ${(limit / MIB).toFixed(0)} MiB in one binding`,
    got: `${(tensor.bytes / MIB).toFixed(1)} MiB`,
    fix: 'train fewer parameters (adapters instead of full weights), or use another adapter',
  });
}
