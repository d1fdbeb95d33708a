import { existsSync } from 'node:fs';
import { create, globals } from 'webgpu';
import { acquire } from '../gpu/acquire';
import type { Gpu } from '../gpu/gpu';
import { napWhileWaiting } from './nap';

const ICD_FILES = [
  // Named by scripts/gpu_env.mjs, which knows where browsers are installed.
  ...(process.env.H3_SWIFTSHADER_ICD === undefined ? [] : [process.env.H3_SWIFTSHADER_ICD]),
  '/usr/lib/chromium/vk_swiftshader_icd.json',
  '/usr/lib/chromium-browser/vk_swiftshader_icd.json',
  '/opt/google/chrome/vk_swiftshader_icd.json',
  '/snap/chromium/current/usr/lib/chromium-browser/vk_swiftshader_icd.json',
];

// Dawn crashes when the object that create() returns is collected while its devices live: hold it for the process's life.
const held: GPU[] = [];
let opened: Promise<Gpu> | undefined;

/** The GPU in Node, through Dawn; once per process. Falls back to an installed Chromium's SwiftShader and says so. */
export function nodeGpu(say: (line: string) => void = (line) => process.stderr.write(`${line}\n`)): Promise<Gpu> {
  opened ??= open(say);
  return opened;
}

async function open(say: (line: string) => void): Promise<Gpu> {
  Object.assign(globalThis, globals);
  // Where scripts/gpu_env.mjs saw no GPU device, asking would only make Dawn complain about what it finds instead.
  let gpu = process.env.H3_SOFTWARE_GPU === '1' ? undefined : instance();
  const adapter = await gpu?.requestAdapter();
  if (!adapter && process.env.VK_ICD_FILENAMES === undefined) {
    const icd = ICD_FILES.find((file) => existsSync(file));
    if (icd !== undefined) {
      process.env.VK_ICD_FILENAMES = icd;
      say('No GPU adapter was found: using the SwiftShader of the installed Chromium, on the CPU.');
      gpu = instance();
    }
  }
  const acquired = await acquire(gpu ?? instance());
  if (acquired.adapter.software) napWhileWaiting(acquired.device);
  return acquired;
}

function instance(): GPU {
  const gpu = create([]);
  held.push(gpu);
  return gpu;
}
