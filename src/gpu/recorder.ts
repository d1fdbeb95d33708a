import type { Gpu } from './gpu';
import type { Dispatch } from './scope';
import type { Tensor } from './tensor';

/** One command encoder; consecutive dispatches share a compute pass, which copies and clears close. */
export class Recorder {
  readonly encoder: GPUCommandEncoder;
  private pass: GPUComputePassEncoder | undefined;

  constructor(
    private readonly gpu: Gpu,
    private readonly label: string,
  ) {
    this.encoder = gpu.device.createCommandEncoder({ label });
  }

  dispatch(dispatch: Dispatch): void {
    this.pass ??= this.encoder.beginComputePass({ label: this.label });
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

  endPass(): void {
    this.pass?.end();
    this.pass = undefined;
  }

  finish(): GPUCommandBuffer {
    this.endPass();
    return this.encoder.finish({ label: this.label });
  }
}
