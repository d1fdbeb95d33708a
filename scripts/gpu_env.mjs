// What Node's WebGPU (Dawn, npm `webgpu`) needs in its environment before the process starts.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { besideChrome, softwareGpu } from './find_chrome.mjs';

const LOADER = 'libvulkan.so.1';
const LIBRARY_FOLDERS = ['/lib/x86_64-linux-gnu', '/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib'];

export function hasVulkanLoader() {
  if (LIBRARY_FOLDERS.some((folder) => existsSync(join(folder, LOADER)))) return true;
  const listed = spawnSync('ldconfig', ['-p'], { encoding: 'utf8', env: { ...process.env, PATH: `${process.env.PATH ?? ''}:/sbin:/usr/sbin` } });
  return listed.status === 0 && listed.stdout.includes(LOADER);
}

/**
 * Variables to add; none outside Linux, where Dawn needs no Vulkan.
 * @returns {Record<string, string>}
 */
export function gpuEnv() {
  if (process.platform !== 'linux') return {};
  /** @type {Record<string, string>} */
  const added = {};
  if (process.env.XDG_RUNTIME_DIR === undefined) {
    // The Vulkan loader complains on stderr where it is unset.
    const folder = join(tmpdir(), `h3fusion-runtime-${userInfo().uid}`);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    added.XDG_RUNTIME_DIR = folder;
  }
  const icd = besideChrome('vk_swiftshader_icd.json');
  if (icd !== undefined) added.H3_SWIFTSHADER_ICD = icd;
  if (softwareGpu()) added.H3_SOFTWARE_GPU = '1';
  const own = hasVulkanLoader() ? undefined : besideChrome(LOADER);
  const path = process.env.LD_LIBRARY_PATH ?? '';
  if (own !== undefined && !path.split(':').includes(dirname(own))) {
    added.LD_LIBRARY_PATH = path === '' ? dirname(own) : `${dirname(own)}:${path}`;
  }
  return added;
}
