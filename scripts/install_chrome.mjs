// Where no Chrome or Chromium is installed, installs one: Debian's package as root, else the one that Playwright offers.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { besideChrome, findChrome } from './find_chrome.mjs';
import { hasVulkanLoader } from './gpu_env.mjs';

/** @param {string} command @param {string[]} args */
function run(command, args) {
  console.log(`$ ${command} ${args.join(' ')}`);
  return spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;
}

/** @param {string[]} packages */
function aptInstall(packages) {
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) return false;
  return run('apt-get', ['update', '-q']) && run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...packages]);
}

/** @returns {string} the browser's executable */
export function ensureChrome() {
  if (findChrome() === undefined) {
    console.log('No Chrome or Chromium was found: installing one.');
    aptInstall(['chromium', 'libvulkan1']);
    if (findChrome() === undefined) run(process.execPath, ['node_modules/playwright/cli.js', 'install', 'chromium']);
  }
  const chrome = findChrome();
  if (chrome === undefined) throw new Error('no Chrome or Chromium could be installed: install one, or name its executable in CHROME_PATH');
  // Dawn in Node needs a Vulkan loader; Chromium's own does where the system has none.
  if (process.platform === 'linux' && !hasVulkanLoader() && besideChrome('libvulkan.so.1') === undefined) aptInstall(['libvulkan1']);
  return chrome;
}
