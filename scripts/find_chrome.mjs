// Where Chrome or Chromium is installed, and the arguments that give it a WebGPU adapter on this machine.
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const env = process.env;

/** @type {Partial<Record<NodeJS.Platform, string[]>>} */
const APPLICATIONS = {
  darwin: ['', homedir()].flatMap((root) => [
    `${root}/Applications/Google Chrome.app/Contents/MacOS/Google Chrome`,
    `${root}/Applications/Chromium.app/Contents/MacOS/Chromium`,
  ]),
  win32: [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].flatMap((root) =>
    root === undefined ? [] : [join(root, 'Google/Chrome/Application/chrome.exe'), join(root, 'Chromium/Application/chrome.exe')],
  ),
};
const COMMANDS = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser'];

/**
 * An executable: the one in CHROME_PATH, an installed one, one on the PATH, or one that Playwright installed.
 * @returns {string | undefined}
 */
export function findChrome() {
  const onPath = process.platform === 'win32' ? [] : (env.PATH ?? '').split(delimiter);
  const commands = COMMANDS.flatMap((command) => onPath.map((folder) => join(folder, command)));
  const known = [...(env.CHROME_PATH === undefined ? [] : [env.CHROME_PATH]), ...(APPLICATIONS[process.platform] ?? []), ...commands];
  return known.find((file) => existsSync(file)) ?? playwrightChromium();
}

/** @returns {string | undefined} */
function playwrightChromium() {
  const caches = { darwin: 'Library/Caches', win32: 'AppData/Local' };
  const cache = process.platform === 'darwin' || process.platform === 'win32' ? caches[process.platform] : '.cache';
  const root = env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), cache, 'ms-playwright');
  const builds = list(root, /^chromium-\d+$/).sort((a, b) => Number(b.split('-').at(-1)) - Number(a.split('-').at(-1)));
  const folders = builds.flatMap((build) => list(build, /^chrome-/));
  return folders
    .flatMap((folder) => [
      join(folder, 'chrome'),
      join(folder, 'chrome.exe'),
      join(folder, 'Chromium.app/Contents/MacOS/Chromium'),
      join(folder, 'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing'),
    ])
    .find((file) => existsSync(file));
}

/** @param {string} folder @param {RegExp} pattern */
function list(folder, pattern) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => pattern.test(name)).map((name) => join(folder, name));
}

/**
 * A file that Linux builds of Chrome carry beside their executable, e.g. libvulkan.so.1.
 * @param {string} name
 * @returns {string | undefined}
 */
export function besideChrome(name) {
  const chrome = findChrome();
  const folders = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];
  if (chrome !== undefined) folders.unshift(dirname(realpathSync(chrome)));
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/** Linux without a GPU device, or H3_SOFTWARE_GPU=1: the CPU stands in, through SwiftShader. */
export function softwareGpu() {
  if (env.H3_SOFTWARE_GPU !== undefined) return env.H3_SOFTWARE_GPU !== '0';
  if (process.platform !== 'linux') return false;
  return list('/dev/dri', /^renderD\d+$/).length === 0 && !existsSync('/dev/nvidia0');
}

/** Chrome on macOS and Windows has WebGPU as it is; on Linux it must be asked for. */
export function webgpuArgs() {
  if (softwareGpu()) return ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
  return process.platform === 'linux' ? ['--enable-unsafe-webgpu', '--enable-features=Vulkan'] : [];
}

/** No first-run pages, no traffic of its own. */
export function quietArgs() {
  const root = process.platform === 'linux' && process.getuid?.() === 0;
  return [
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    ...(root ? ['--no-sandbox'] : []),
  ];
}
