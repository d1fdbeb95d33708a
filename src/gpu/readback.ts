import type { Gpu } from './gpu';
import type { Recorder } from './recorder';
import type { Tensor } from './tensor';

/**
 * Staging buffers in rotation: a step copies its metrics into a slot inside its own submit and the values arrive later,
 * so that nothing in the loop waits for the GPU.
 */
export class ReadbackRing {
  private readonly vacant: GPUBuffer[] = [];
  private readonly all: GPUBuffer[] = [];

  constructor(
    private readonly gpu: Gpu,
    private readonly sources: readonly Tensor[],
    depth: number,
  ) {
    const bytes = sources.reduce((sum, tensor) => sum + tensor.bytes, 0);
    for (let i = 0; i < depth; i++) {
      const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
      this.all.push(gpu.ledger.allocate(`readback ${String(i)}`, bytes, usage));
    }
    this.vacant.push(...this.all);
  }

  /**
   * Records the copies; call the returned function after the submit. It resolves to one array per source.
   * @throws RangeError when all slots are in flight: the caller bounds its queue's depth.
   */
  copy(recorder: Recorder): () => Promise<Float32Array<ArrayBuffer>[]> {
    const slot = this.vacant.pop();
    if (slot === undefined) throw new RangeError('readback ring: every slot is in flight');
    recorder.endPass();
    let at = 0;
    for (const { buffer, offset, bytes } of this.sources) {
      recorder.encoder.copyBufferToBuffer(buffer, offset, slot, at, bytes);
      at += bytes;
    }
    return async () => {
      try {
        await slot.mapAsync(GPUMapMode.READ);
      } catch (error) {
        throw await this.gpu.explain(error);
      }
      const mapped = slot.getMappedRange();
      let start = 0;
      const arrays = this.sources.map(({ bytes }) => {
        const values = new Float32Array(mapped.slice(start, start + bytes));
        start += bytes;
        return values;
      });
      slot.unmap();
      this.vacant.push(slot);
      return arrays;
    };
  }

  dispose(): void {
    for (const buffer of this.all.splice(0)) this.gpu.ledger.free(buffer);
    this.vacant.length = 0;
  }
}
