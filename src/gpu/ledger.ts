import { Refusal } from '../errors/refusal';

const MIB = 1024 * 1024;

export interface LedgerEntry {
  readonly label: string;
  readonly bytes: number;
}

/**
 * Every GPU buffer is made and destroyed here. A failed allocation would otherwise read as zeros and be trained on:
 * each one stands in an error scope whose verdict `settle()` reports.
 */
export class BufferLedger {
  private readonly live = new Map<GPUBuffer, LedgerEntry>();
  private pending: Promise<void>[] = [];
  private total = 0;
  private highest = 0;

  constructor(private readonly device: GPUDevice) {}

  get bytes(): number {
    return this.total;
  }
  get peak(): number {
    return this.highest;
  }
  entries(): LedgerEntry[] {
    return [...this.live.values()];
  }

  allocate(label: string, bytes: number, usage: GPUBufferUsageFlags): GPUBuffer {
    const limit = this.device.limits.maxBufferSize;
    if (bytes > limit) throw outOfMemory(label, bytes, `at most ${(limit / MIB).toFixed(0)} MiB in one buffer`);
    this.device.pushErrorScope('out-of-memory');
    this.device.pushErrorScope('validation');
    const buffer = this.device.createBuffer({ label, size: Math.max(bytes, 4), usage });
    const verdicts = [this.device.popErrorScope(), this.device.popErrorScope()];
    this.pending.push(
      Promise.all(verdicts).then((errors) => {
        const error = errors.find((found) => found !== null);
        if (error) throw outOfMemory(label, bytes, error.message.split('\n')[0] ?? 'room for it');
      }),
    );
    this.live.set(buffer, { label, bytes });
    this.total += bytes;
    this.highest = Math.max(this.highest, this.total);
    return buffer;
  }

  free(buffer: GPUBuffer): void {
    const entry = this.live.get(buffer);
    if (entry === undefined) return;
    this.live.delete(buffer);
    this.total -= entry.bytes;
    buffer.destroy();
  }

  /** Rejects with the first failed allocation since the last call. */
  async settle(): Promise<void> {
    const pending = this.pending;
    this.pending = [];
    await Promise.all(pending);
  }
}

export function outOfMemory(label: string, bytes: number, expected: string): Refusal {
  return new Refusal('out-of-memory', {
    file: 'GPU memory',
    field: label,
    expected,
    got: `${(bytes / MIB).toFixed(1)} MiB asked for`,
    fix: 'lower the batch size, the sequence length or the rank, or close other tabs',
  });
}
