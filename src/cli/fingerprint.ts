import { createHash } from 'node:crypto';
import { parameterShapes } from '../formats/parameters';
import type { HostModel } from '../fusion/assemble';

/**
 * SHA-256 over name, shape and f32 values of every weight, in the model's order, as 64 hexadecimal digits: by it an adapter
 * knows the base that it was trained on. A base rounded to f16 is another one.
 */
export function fingerprintOf({ config, weights }: Pick<HostModel, 'config' | 'weights'>): string {
  const hash = createHash('sha256');
  for (const [name, shape] of parameterShapes(config)) {
    const { buffer, byteOffset, byteLength } = weights.get(name)?.data ?? new Float32Array();
    hash.update(`${name}\n${shape.join(',')}\n`).update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}
