import type { Gpu } from './gpu';
import type { Kernel, KernelSpec } from './kernel';
import { outOfMemory } from './ledger';
import { align, BYTES, elements, type Tensor } from './tensor';
import type { UniformSlot } from './uniforms';
import { requireSameNames } from './wgsl';

export type Workgroups = readonly [x: number, y?: number, z?: number];

/** A kernel bound to its tensors and parameters: everything but the moment when it runs. */
export interface Dispatch {
  readonly kernel: Kernel;
  readonly bindGroup: GPUBindGroup;
  readonly workgroups: Workgroups;
  /** Changes one parameter for all later submits (a learning rate, a cache position). */
  set(param: string, value: number): void;
}

export interface BindOptions {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly params?: Readonly<Record<string, number>>;
  readonly workgroups: Workgroups;
}

/** Owns tensors and bound dispatches, and frees them together. */
export class Scope {
  private readonly buffers: GPUBuffer[] = [];
  private readonly slots: UniformSlot[] = [];

  constructor(
    readonly gpu: Gpu,
    readonly label: string,
  ) {}

  /** Zero-filled, 4 bytes an element. */
  tensor(label: string, shape: readonly number[]): Tensor {
    const bytes = align(Math.max(elements(shape), 1) * BYTES);
    const limit = this.gpu.device.limits.maxStorageBufferBindingSize;
    if (bytes > limit) throw outOfMemory(`${this.label}/${label}`, bytes, `at most ${String(Math.floor(limit / 2 ** 20))} MiB in one binding`);
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const buffer = this.gpu.ledger.allocate(`${this.label}/${label}`, bytes, usage);
    this.buffers.push(buffer);
    return { label, shape, buffer, offset: 0, bytes: elements(shape) * BYTES };
  }

  /** Binds by name; a missing or extra name throws, naming kernel and binding. */
  dispatch(spec: KernelSpec, { tensors, params = {}, workgroups }: BindOptions): Dispatch {
    const kernel = this.gpu.kernel(spec);
    const { name, interface: declared } = kernel;
    requireSameNames(name, 'buffer', declared.buffers.keys(), Object.keys(tensors));
    requireSameNames(name, 'parameter', declared.params.keys(), Object.keys(params));
    const entries: GPUBindGroupEntry[] = [];
    for (const binding of declared.buffers.values()) {
      const { buffer, offset, bytes } = tensors[binding.name] as Tensor;
      entries.push({ binding: binding.index, resource: { buffer, offset, size: Math.max(bytes, BYTES) } });
    }
    const queue = this.gpu.device.queue;
    let slot: UniformSlot | undefined;
    if (declared.uniform !== undefined) {
      slot = this.gpu.uniforms.take();
      this.slots.push(slot);
      const size = Math.max(declared.params.size * BYTES, BYTES);
      entries.push({ binding: declared.uniform.index, resource: { buffer: slot.buffer, offset: slot.offset, size } });
      const block = new DataView(new ArrayBuffer(size));
      [...declared.params.keys()].forEach((key, i) => { put(block, i * BYTES, declared.params.get(key), params[key] as number); });
      queue.writeBuffer(slot.buffer, slot.offset, block.buffer);
    }
    const bindGroup = this.gpu.device.createBindGroup({ label: `${this.label}/${name}`, layout: kernel.layout, entries });
    const order = [...declared.params.keys()];
    const set = (param: string, value: number): void => {
      const index = order.indexOf(param);
      if (index < 0 || slot === undefined) throw new TypeError(`kernel ${name}: there is no parameter "${param}"`);
      const word = new DataView(new ArrayBuffer(BYTES));
      put(word, 0, declared.params.get(param), value);
      queue.writeBuffer(slot.buffer, slot.offset + index * BYTES, word.buffer);
    };
    return { kernel, bindGroup, workgroups, set };
  }

  dispose(): void {
    for (const buffer of this.buffers.splice(0)) this.gpu.ledger.free(buffer);
    for (const slot of this.slots.splice(0)) this.gpu.uniforms.give(slot);
  }
}

function put(block: DataView, offset: number, type: 'u32' | 'i32' | 'f32' | undefined, value: number): void {
  if (type === 'f32') block.setFloat32(offset, value, true);
  else if (type === 'i32') block.setInt32(offset, value, true);
  else block.setUint32(offset, value, true);
}

const MAX_GROUPS = 65535;

/** Spreads `count` workgroups over x and y; kernels use `wid.x + wid.y * num.x` and return beyond their size. */
export function grid(count: number): Workgroups {
  if (count <= MAX_GROUPS) return [Math.max(count, 1), 1, 1];
  const y = Math.ceil(count / MAX_GROUPS);
  return [Math.ceil(count / y), y, 1];
}
