// `npm start`: builds the studio where it is missing or stale, serves it and opens Chrome on it.
//   --no-open     only serve            --port N   start looking for a free port at N; --strict-port takes no other
//   --no-build    serve dist/ as it is  --base /x/ serve under a path
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { preview } from 'vite';
import { buildIfStale } from './build.mjs';
import { findChrome, quietArgs, softwareGpu, webgpuArgs } from './find_chrome.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    'no-open': { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
    port: { type: 'string', default: '4127' },
    'strict-port': { type: 'boolean', default: false },
    base: { type: 'string', default: '/' },
  },
});

if (!values['no-build']) await buildIfStale();
else if (!existsSync(join(ROOT, 'dist', 'index.html'))) throw new Error('dist/ holds no built studio: run npm run build first');
const server = await preview({
  root: ROOT,
  base: values.base,
  logLevel: 'error',
  // A fixed first port: the browser keeps runs and checkpoints by origin.
  preview: { host: '127.0.0.1', port: Number(values.port), strictPort: values['strict-port'] },
});
const url = server.resolvedUrls?.local[0] ?? '';
console.log(`H3Fusion Studio: ${url}  (Ctrl-C ends it)`);

/** @type {import('node:child_process').ChildProcess | undefined} */
let browser;
if (!values['no-open'] && hasDisplay()) open();

let closing = false;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    if (closing) return;
    closing = true;
    browser?.kill();
    void server.close().finally(() => process.exit(0));
  });
}

function hasDisplay() {
  if (process.env.CI !== undefined) return false;
  if (process.platform === 'darwin' || process.platform === 'win32') return process.env.SSH_CONNECTION === undefined;
  return Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
}

function open() {
  const chrome = findChrome();
  if (chrome === undefined) {
    console.log('Chrome was not found: open this address in Chrome, or name its executable in CHROME_PATH.');
    return;
  }
  if (softwareGpu()) console.log('No GPU was found: the studio computes on the CPU (SwiftShader), slowly.');
  // Flags reach only a Chrome that is not running yet: where there are any, it gets a profile of its own and ends with us.
  const flags = webgpuArgs();
  const own = flags.length > 0;
  const args = own ? [...flags, ...quietArgs(), `--user-data-dir=${join(ROOT, '.cache', 'chrome')}`] : [];
  const child = spawn(chrome, [...args, url], { stdio: 'ignore', detached: !own });
  child.on('error', (error) => { console.log(`Chrome did not start (${error.message}): open the address by hand.`); });
  child.on('exit', (code) => { if (code) console.log(`Chrome ended with code ${code}: open the address by hand.`); });
  if (own) browser = child;
  else child.unref();
}
