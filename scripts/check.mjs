// `npm run check`: types (three projects, which are two of the walls between rooms) and lint. Nothing is printed twice.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TSC = 'node_modules/typescript/bin/tsc';
const PROJECTS = ['src', 'app', 'node'];

/** @param {string} name @param {string[]} args @returns {Promise<boolean>} */
function run(name, args) {
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => { output += text; });
    child.on('close', (code) => {
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
      if (output.trim() !== '') console.log(output.trimEnd());
      resolve(code === 0);
    });
  });
}

async function types() {
  let good = 0;
  for (const project of PROJECTS) {
    const incremental = ['--incremental', '--tsBuildInfoFile', `.cache/types-${project}.tsbuildinfo`];
    if (await run(`types: ${project}`, [TSC, '-p', `tsconfig.${project}.json`, ...incremental])) good += 1;
  }
  return good === PROJECTS.length;
}

if (!existsSync(`${ROOT}${TSC}`)) throw new Error('TypeScript is not installed: run npm ci first');
const results = await Promise.all([types(), run('lint', ['node_modules/eslint/bin/eslint.js', '.'])]);
process.exitCode = results.every(Boolean) ? 0 : 1;
