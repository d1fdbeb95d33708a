import { Refusal } from '../errors/refusal';
import { BufferLedger } from './ledger';
import { compile, kernelKey, type Kernel, type KernelSpec } from './kernel';
import { Recorder } from './recorder';
import type { Tensor } from './tensor';
import { UniformArena } from './uniforms';

const LOSS_DELAY_MS = 50;

export interface AdapterFacts {
  /** As a person would name it, e.g. "google swiftshader". */
  readonly name: string;
  /** A software adapter: the register-tile matmul family is chosen for it. */
  readonly software: boolean;
  readonly subgroups: boolean;
  readonly timestamps: boolean;
}

/** What a test can count: a training step submits once and waits for nothing. */
export interface Counters {
  submits: number;
  dispatches: number;
  waits: number;
}

/** One device with everything that is made on it: buffers, pipelines, uniforms. Holds no knowledge of models. */
export class Gpu {
  readonly ledger: BufferLedger;
  readonly uniforms: UniformArena;
  readonly counters: Counters = { submits: 0, dispatches: 0, waits: 0 };
  private readonly kernels = new Map<string, Kernel>();
  private pending: Promise<void>[] = [];
  private uncaught: string | undefined;
  private lost: string | undefined;

  constructor(
    readonly device: GPUDevice,
    readonly adapter: AdapterFacts,
  ) {
    this.ledger = new BufferLedger(device);
    this.uniforms = new UniformArena(this.ledger);
    // What no error scope caught (an invalid binding, a dropped submit) would otherwise read as zeros.
    device.addEventListener('uncapturederror', ({ error }) => { this.uncaught ??= error.message; });
    void device.lost.then(({ reason, message }) => { this.lost = message === '' ? reason : message; });
  }

  /** Compiles once per source and constants; compile errors are reported by `ready()`. */
  kernel(spec: KernelSpec): Kernel {
    const key = kernelKey(spec);
    const known = this.kernels.get(key);
    if (known !== undefined) return known;
    const { kernel, verdict } = compile(this.device, spec);
    this.pending.push(verdict);
    this.kernels.set(key, kernel);
    return kernel;
  }

  /** Rejects with the first allocation or compile error since the last call. Ends every build phase. */
  async ready(): Promise<void> {
    const pending = this.pending;
    this.pending = [];
    await Promise.all([this.ledger.settle(), ...pending]);
    this.throwUncaught();
  }

  private throwUncaught(): void {
    const got = this.uncaught;
    if (got === undefined) return;
    this.uncaught = undefined;
    throw new Refusal('kernel-error', {
      file: this.adapter.name, expected: 'commands that WebGPU accepts', got: got.split('\n')[0] ?? got, fix: 'lower the sizes, or report this with the adapter named',
    });
  }

  record(label: string, body: (recorder: Recorder) => void): GPUCommandBuffer {
    const recorder = new Recorder(this, label);
    body(recorder);
    return recorder.finish();
  }

  submit(...commands: GPUCommandBuffer[]): void {
    this.counters.submits += 1;
    this.device.queue.submit(commands);
  }

  /** Records and submits in one go. */
  run(label: string, body: (recorder: Recorder) => void): void {
    this.submit(this.record(label, body));
  }

  write(tensor: Tensor, data: Float32Array | Uint32Array | Int32Array): void {
    if (data.byteLength > tensor.bytes) {
      throw new RangeError(`${tensor.label}: ${String(data.byteLength)} bytes do not fit into ${String(tensor.bytes)}`);
    }
    this.device.queue.writeBuffer(tensor.buffer, tensor.offset, data as GPUAllowSharedBufferSource);
  }

  /** Waits for the GPU: never inside a step loop (use a ReadbackRing there). */
  async read(tensor: Tensor): Promise<Float32Array<ArrayBuffer>> {
    return new Float32Array(await this.readBytes(tensor));
  }

  async readU32(tensor: Tensor): Promise<Uint32Array<ArrayBuffer>> {
    return new Uint32Array(await this.readBytes(tensor));
  }

  private async readBytes(tensor: Tensor): Promise<ArrayBuffer> {
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
    const staging = this.ledger.allocate(`read ${tensor.label}`, tensor.bytes, usage);
    try {
      await this.ledger.settle();
      this.run(`read ${tensor.label}`, (r) => {
        r.encoder.copyBufferToBuffer(tensor.buffer, tensor.offset, staging, 0, tensor.bytes);
      });
      this.counters.waits += 1;
      await staging.mapAsync(GPUMapMode.READ, 0, tensor.bytes);
      this.throwUncaught();
      return staging.getMappedRange(0, tensor.bytes).slice(0);
    } catch (error) {
      throw await this.explain(error);
    } finally {
      this.ledger.free(staging);
    }
  }

  async idle(): Promise<void> {
    this.counters.waits += 1;
    try {
      await this.device.queue.onSubmittedWorkDone();
    } catch (error) {
      throw await this.explain(error);
    }
  }

  /** A rejected GPU promise after a loss says little: name the loss instead. Any other error passes. */
  async explain(error: unknown): Promise<unknown> {
    // The loss may be told just after the promises it rejects.
    if (this.lost === undefined) await new Promise((resolve) => { setTimeout(resolve, LOSS_DELAY_MS); });
    if (this.lost === undefined) return error;
    return new Refusal('device-lost', {
      file: this.adapter.name,
      expected: 'the GPU to answer',
      got: this.lost,
      fix: 'reload the page, or run the command again',
    });
  }
}
