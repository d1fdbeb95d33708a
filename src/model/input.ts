import type { Gpu } from '../gpu/gpu';
import { inverseIndex } from '../kernels/embedding/inverse_index';
import type { Transformer } from './transformer';
import type { Batch } from './batch';

/** Queues a batch into a plan's inputs; the next submit sees it. */
export function batchInput(gpu: Gpu, { inputs, loss, index }: Transformer, batch: Batch): void {
  gpu.write(inputs.ids, batch.ids);
  gpu.write(inputs.lengths, batch.lengths);
  gpu.write(inputs.promptLengths, batch.promptLengths);
  if (loss) {
    gpu.write(loss.rows, batch.rows);
    gpu.write(loss.targets, batch.targets);
    loss.setCount(batch.count);
  }
  if (index) {
    const { T, lengths } = batch;
    const made = inverseIndex(batch.ids, (n) => n % T < (lengths[Math.floor(n / T)] ?? 0));
    gpu.write(index.order, made.order);
    gpu.write(index.starts, made.starts);
    gpu.write(index.tokens, made.tokens);
    gpu.write(index.count, made.count);
  }
}
