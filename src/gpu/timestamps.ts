import type { Gpu } from './gpu';
import type { Recorder } from './recorder';

export interface TimedCommand {
  readonly name: string;
  readonly record: (recorder: Recorder) => void;
}

export interface Timing {
  readonly name: string;
  /** Summed over all commands of the name. */
  readonly milliseconds: number;
  readonly count: number;
}

/**
 * GPU time by command name, longest first: each command runs in a pass of its own between two timestamps.
 * Where the adapter has no timestamps each command is submitted and awaited alone, and its wall time counts.
 */
export async function timeCommands(gpu: Gpu, commands: readonly TimedCommand[]): Promise<Timing[]> {
  const times = gpu.adapter.timestamps ? await byTimestamps(gpu, commands) : await byWaiting(gpu, commands);
  const totals = new Map<string, { milliseconds: number; count: number }>();
  commands.forEach(({ name }, i) => {
    const { milliseconds, count } = totals.get(name) ?? { milliseconds: 0, count: 0 };
    totals.set(name, { milliseconds: milliseconds + (times[i] ?? 0), count: count + 1 });
  });
  return [...totals].map(([name, total]) => ({ name, ...total })).sort((a, b) => b.milliseconds - a.milliseconds);
}

/** WebGPU's largest query set. */
const MAX_QUERIES = 4096;
const QUERY_BYTES = 8;

async function byTimestamps(gpu: Gpu, commands: readonly TimedCommand[]): Promise<number[]> {
  const count = Math.min(commands.length, MAX_QUERIES / 2);
  const querySet = gpu.device.createQuerySet({ label: 'timestamps', type: 'timestamp', count: count * 2 });
  const size = count * 2 * QUERY_BYTES;
  const resolved = gpu.ledger.allocate('timestamps', size, GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC);
  const staging = gpu.ledger.allocate('timestamps read', size, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
  try {
    gpu.run('timed', (r) => {
      commands.slice(0, count).forEach(({ record }, i) => {
        r.endPass();
        r.timeNextPass({ querySet, beginningOfPassWriteIndex: 2 * i, endOfPassWriteIndex: 2 * i + 1 });
        record(r);
      });
      r.endPass();
      r.encoder.resolveQuerySet(querySet, 0, count * 2, resolved, 0);
      r.encoder.copyBufferToBuffer(resolved, 0, staging, 0, size);
    });
    gpu.counters.waits += 1;
    await staging.mapAsync(GPUMapMode.READ);
    const stamps = new BigUint64Array(staging.getMappedRange().slice(0));
    return Array.from({ length: count }, (_, i) => Math.max(0, Number((stamps[2 * i + 1] ?? 0n) - (stamps[2 * i] ?? 0n)) / 1e6));
  } finally {
    querySet.destroy();
    gpu.ledger.free(resolved);
    gpu.ledger.free(staging);
  }
}

async function byWaiting(gpu: Gpu, commands: readonly TimedCommand[]): Promise<number[]> {
  const times: number[] = [];
  for (const { name, record } of commands) {
    const start = performance.now();
    gpu.run(name, record);
    await gpu.idle();
    times.push(performance.now() - start);
  }
  return times;
}
