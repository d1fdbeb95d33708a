import { Refusal } from '../errors/refusal';
import { parseKernel, requireSameNames, specialize, type KernelInterface } from './wgsl';

export interface KernelSpec {
  readonly name: string;
  readonly source: string;
  /** Values of `override` declarations (workgroup sizes, flat shared arrays). */
  readonly overrides?: Readonly<Record<string, number>>;
  /** Values of `const` declarations (register tiles), replaced in the text. */
  readonly constants?: Readonly<Record<string, number>>;
}

export interface Kernel {
  readonly name: string;
  readonly interface: KernelInterface;
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

export function kernelKey(spec: KernelSpec): string {
  return JSON.stringify([spec.name, spec.overrides ?? {}, spec.constants ?? {}]);
}

/** The entry point is `main`. The verdict rejects with the compiler's first message and its line. */
export function compile(device: GPUDevice, spec: KernelSpec): { kernel: Kernel; verdict: Promise<void> } {
  const { name } = spec;
  const source = specialize(name, spec.source, spec.constants ?? {});
  const declared = parseKernel(name, source);
  const overrides = spec.overrides ?? {};
  for (const key of Object.keys(overrides)) requireSameNames(name, 'override', new Set([...declared.overrides, key]), declared.overrides);
  const bindings = [...declared.buffers.values(), ...(declared.uniform ? [declared.uniform] : [])];
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ label: name, code: source });
  const layout = device.createBindGroupLayout({
    label: name,
    entries: bindings.map(({ index, type }) => ({ binding: index, visibility: GPUShaderStage.COMPUTE, buffer: { type } })),
  });
  const pipeline = device.createComputePipeline({
    label: name,
    layout: device.createPipelineLayout({ label: name, bindGroupLayouts: [layout] }),
    compute: { module, entryPoint: 'main', constants: overrides },
  });
  const verdict = Promise.all([device.popErrorScope(), module.getCompilationInfo()]).then(([error, info]) => {
    if (error === null) return;
    const message = info.messages.find((entry) => entry.type === 'error');
    throw new Refusal('kernel-error', {
      file: `${name}.wgsl`,
      ...(message ? { offset: message.lineNum, offsetUnit: 'line' as const } : {}),
      expected: 'WGSL that this adapter accepts',
      got: message?.message ?? error.message,
      fix: 'report this with the adapter named in the header',
    });
  });
  return { kernel: { name, interface: declared, pipeline, layout }, verdict };
}
