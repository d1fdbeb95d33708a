import { Refusal } from '../errors/refusal';
import { Gpu, type AdapterFacts } from './gpu';

const WANTED: readonly GPUFeatureName[] = ['subgroups', 'timestamp-query'];
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
] as const;

/**
 * A device with the adapter's own limits (the defaults bind 128 MiB) and the optional features it has.
 * @throws Refusal 'no-gpu' where there is no WebGPU or no adapter.
 */
export async function acquire(gpu: GPU | undefined, options: GPURequestAdapterOptions = {}): Promise<Gpu> {
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance', ...options });
  if (!adapter) {
    throw new Refusal('no-gpu', {
      file: 'WebGPU',
      expected: 'an adapter',
      got: gpu === undefined ? 'no WebGPU at all' : 'none',
      fix: 'use Chrome 127 or later with hardware acceleration switched on',
    });
  }
  const requiredLimits: Record<string, number> = {};
  for (const limit of LIMITS) requiredLimits[limit] = adapter.limits[limit];
  const requiredFeatures = WANTED.filter((feature) => adapter.features.has(feature));
  const device = await adapter.requestDevice({ label: 'h3fusion', requiredFeatures, requiredLimits });
  return new Gpu(device, facts(adapter, device));
}

function facts(adapter: GPUAdapter, device: GPUDevice): AdapterFacts {
  const { vendor, architecture, description, device: model } = adapter.info;
  const parts = description !== '' ? [description] : [vendor, architecture, model].filter((part) => part !== '');
  const name = parts.length > 0 ? parts.join(' ') : 'unnamed adapter';
  return {
    name,
    software: adapter.info.isFallbackAdapter || /swiftshader|llvmpipe|software/i.test(`${name} ${architecture}`),
    subgroups: device.features.has('subgroups'),
    timestamps: device.features.has('timestamp-query'),
  };
}
