import { Gpu, type AdapterFacts } from './gpu';

const nothing = (): void => undefined;

/**
 * A Gpu that allocates and computes nothing: whatever is built on it stands in its ledger with the bytes that a device would be
 * asked for. So a plan is weighed by the code that will allocate it. It has no limits, so that also what no adapter holds can be
 * weighed. `adapter` decides which kernels are taken, as on the device itself.
 */
export function countingGpu(adapter: AdapterFacts): Gpu {
  const pass = { setPipeline: nothing, setBindGroup: nothing, dispatchWorkgroups: nothing, end: nothing };
  const encoder = {
    beginComputePass: () => pass, copyBufferToBuffer: nothing, clearBuffer: nothing, finish: () => ({}),
  };
  const device = {
    limits: { maxBufferSize: Infinity, maxStorageBufferBindingSize: Infinity },
    lost: new Promise<never>(nothing),
    queue: { writeBuffer: nothing, submit: nothing },
    addEventListener: nothing,
    pushErrorScope: nothing,
    popErrorScope: () => Promise.resolve(null),
    createBuffer: () => ({ destroy: nothing }),
    createShaderModule: () => ({ getCompilationInfo: () => Promise.resolve({ messages: [] }) }),
    createBindGroupLayout: () => ({}),
    createPipelineLayout: () => ({}),
    createComputePipeline: () => ({}),
    createBindGroup: () => ({}),
    createCommandEncoder: () => encoder,
  };
  return new Gpu(device as unknown as GPUDevice, adapter);
}
