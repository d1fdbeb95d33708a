import type { HostTensor } from '../formats/host_tensor';
import type { ModelConfig } from '../formats/hf_config';
import type { Gpu } from '../gpu/gpu';
import { Scope } from '../gpu/scope';
import { align, BYTES, elements, view, type Tensor } from '../gpu/tensor';
import { Refusal } from '../errors/refusal';
import { Random } from '../random/random';
import { parameterSpecs, PROJECTIONS, projectionSize, type ParameterSpec } from './parameters';
import { trains, type TrainingPolicy } from './policy';

/** A parameter and, while it trains, its gradient and its place in the flat storage. */
export interface Parameter {
  readonly spec: ParameterSpec;
  readonly weight: Tensor;
  readonly grad?: Tensor;
  /** Elements from the start of the flat storage. */
  readonly start?: number;
}

/** All trainable values one after another, each parameter on a 256-byte boundary: one buffer each for what AdamW needs. */
export interface FlatStorage {
  readonly size: number;
  readonly weight: Tensor;
  readonly grad: Tensor;
  readonly m: Tensor;
  readonly v: Tensor;
}

/** A model's weights on the GPU, frozen and trainable, with their gradients and moments. */
export class ParameterStore {
  readonly parameters = new Map<string, Parameter>();
  readonly flat: FlatStorage | undefined;
  private readonly scope: Scope;
  private shape: ModelConfig;

  constructor(
    readonly gpu: Gpu,
    config: ModelConfig,
    readonly policy: TrainingPolicy,
  ) {
    this.shape = config;
    this.scope = new Scope(gpu, 'parameters');
    const specs = [...parameterSpecs(config), ...adapterSpecs(config, policy)];
    const trainable = specs.filter((spec) => spec.key.includes('.lora_') || trains(policy, spec));
    const places = new Map<string, number>();
    let size = 0;
    for (const { key, shape } of trainable) {
      places.set(key, size);
      size += align(elements(shape) * BYTES) / BYTES;
    }
    if (size > 0) {
      const flat = (label: string): Tensor => this.scope.tensor(label, [size]);
      this.flat = { size, weight: flat('weights'), grad: flat('gradients'), m: flat('first moments'), v: flat('second moments') };
    }
    for (const spec of specs) {
      const start = places.get(spec.key);
      const { key, shape } = spec;
      if (start === undefined || this.flat === undefined) {
        this.parameters.set(key, { spec, weight: this.scope.tensor(key, shape) });
      } else {
        const { weight, grad } = this.flat;
        this.parameters.set(key, { spec, start, weight: view(weight, key, start, shape), grad: view(grad, `d ${key}`, start, shape) });
      }
    }
  }

  get config(): ModelConfig {
    return this.shape;
  }

  /** Experts per token from now on: no weight depends on it. What is bound already keeps the number that it was bound with. */
  setTopK(topK: number): void {
    this.shape = { ...this.shape, topK };
  }

  get(key: string): Parameter {
    const found = this.parameters.get(key);
    if (found === undefined) throw new RangeError(`there is no parameter ${key}`);
    return found;
  }

  find(key: string): Parameter | undefined {
    return this.parameters.get(key);
  }

  trainable(): Parameter[] {
    return [...this.parameters.values()].filter((parameter) => parameter.grad !== undefined);
  }

  /** Uploads file values by canonical name; adapters, which no file holds, are left as they are. */
  load(weights: ReadonlyMap<string, HostTensor>): void {
    for (const { spec, weight } of this.parameters.values()) {
      const each = elements(spec.shape) / Math.max(spec.files.length, 1);
      const values = new Float32Array(elements(spec.shape));
      if (spec.files.length === 0) continue;
      spec.files.forEach((file, i) => {
        const tensor = weights.get(file);
        if (tensor?.data.length !== each) throw missing(file, each, tensor);
        values.set(tensor.data, i * each);
      });
      this.gpu.write(weight, values);
    }
  }

  /** A ~ uniform(±1/√in) as PEFT starts it, B = 0: the model starts where its weights are. */
  startAdapters(seed: number): void {
    const random = new Random(seed);
    for (const { spec, weight } of this.parameters.values()) {
      if (!spec.key.endsWith('.lora_a')) continue;
      const bound = 1 / Math.sqrt(spec.shape.at(-1) ?? 1);
      this.gpu.write(weight, Float32Array.from({ length: elements(spec.shape) }, () => (2 * random.uniform() - 1) * bound));
    }
  }

  /** Values (or gradients) of the parameters that files hold, by canonical name. Waits for the GPU. */
  async download(what: 'weight' | 'grad' = 'weight'): Promise<Map<string, HostTensor>> {
    const result = new Map<string, HostTensor>();
    for (const parameter of this.parameters.values()) {
      const { spec } = parameter;
      const tensor = parameter[what];
      if (tensor === undefined || spec.files.length === 0) continue;
      const values = await this.gpu.read(tensor);
      const each = values.length / spec.files.length;
      const shape = spec.role === 'ffn' ? spec.shape.slice(1) : spec.shape;
      spec.files.forEach((file, i) => result.set(file, { shape, data: values.slice(i * each, (i + 1) * each) }));
    }
    return result;
  }

  dispose(): void {
    this.scope.dispose();
  }
}

function adapterSpecs(config: ModelConfig, { ffn }: TrainingPolicy): ParameterSpec[] {
  if (ffn.kind !== 'lora') return [];
  const specs: ParameterSpec[] = [];
  for (let layer = 0; layer < config.layers; layer++) {
    for (const projection of PROJECTIONS) {
      const { O, I } = projectionSize(config, projection);
      const key = `layers.${layer}.ffn.${projection}`;
      specs.push({ key: `${key}.lora_a`, role: 'ffn', shape: [config.experts, ffn.rank, I], files: [] });
      specs.push({ key: `${key}.lora_b`, role: 'ffn', shape: [config.experts, O, ffn.rank], files: [] });
    }
  }
  return specs;
}

function missing(file: string, want: number, got: HostTensor | undefined): Refusal {
  return new Refusal('bad-tensor', {
    file: 'model weights',
    field: file,
    expected: `${want} values`,
    got: got === undefined ? 'no such tensor' : `${got.data.length}`,
    fix: 'use weights that fit the config',
  });
}
