import type { Gpu } from './gpu';
import type { Dispatch } from './scope';
import type { Tensor } from './tensor';

/** One command encoder; consecutive dispatches share a compute pass, which copies and clears close. */
export class Recorder {
  readonly encoder: GPUCommandEncoder;
  private pass: GPUComputePassEncoder | undefined;
  private timestampWrites: GPUComputePassTimestampWrites | undefined;

  constructor(
    private readonly gpu: Gpu,
    private readonly label: string,
  ) {
    this.encoder = gpu.device.createCommandEncoder({ label });
  }

  dispatch(dispatch: Dispatch): void {
    this.pass ??= this.beginPass();
    const { kernel, bindGroup, workgroups } = dispatch;
    this.pass.setPipeline(kernel.pipeline);
    this.pass.setBindGroup(0, bindGroup);
    this.pass.dispatchWorkgroups(workgroups[0], workgroups[1] ?? 1, workgroups[2] ?? 1);
    this.gpu.counters.dispatches += 1;
  }

  clear(tensor: Tensor): void {
    this.endPass();
    this.encoder.clearBuffer(tensor.buffer, tensor.offset, tensor.bytes);
  }

  copy(source: Tensor, target: Tensor): void {
    this.endPass();
    this.encoder.copyBufferToBuffer(source.buffer, source.offset, target.buffer, target.offset, source.bytes);
  }

  /** The next pass that begins is measured; a command without dispatches leaves its two stamps as they are. */
  timeNextPass(timestampWrites: GPUComputePassTimestampWrites): void {
    this.timestampWrites = timestampWrites;
  }

  private beginPass(): GPUComputePassEncoder {
    const pass = this.encoder.beginComputePass({ label: this.label, ...(this.timestampWrites ? { timestampWrites: this.timestampWrites } : {}) });
    this.timestampWrites = undefined;
    return pass;
  }

  endPass(): void {
    this.pass?.end();
    this.pass = undefined;
  }

  finish(): GPUCommandBuffer {
    this.endPass();
    return this.encoder.finish({ label: this.label });
  }
}
