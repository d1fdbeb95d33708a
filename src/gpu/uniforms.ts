import { ALIGNMENT } from './tensor';
import type { BufferLedger } from './ledger';

const PAGE = 256;

export interface UniformSlot {
  readonly buffer: GPUBuffer;
  readonly offset: number;
}

/** Slots of 256 bytes in shared uniform buffers: one per bound dispatch, reused when its scope is disposed. */
export class UniformArena {
  private readonly vacant: UniformSlot[] = [];

  constructor(private readonly ledger: BufferLedger) {}

  take(): UniformSlot {
    const slot = this.vacant.pop();
    if (slot !== undefined) return slot;
    const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    const buffer = this.ledger.allocate('uniforms', PAGE * ALIGNMENT, usage);
    for (let i = PAGE - 1; i >= 0; i--) this.vacant.push({ buffer, offset: i * ALIGNMENT });
    return this.take();
  }

  give(slot: UniformSlot): void {
    this.vacant.push(slot);
  }
}
