import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import viteConfig from '../vite.config';
import { TOLERANCE } from '../src/testing/tolerances';
import { thirdParty } from './third_party.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const listed = spawnSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });
const inGit = listed.status === 0;
const tracked = inGit ? listed.stdout.split('\0').filter((file) => file !== '' && existsSync(join(root, file))) : [];
const texts = tracked.filter((file) => /\.(tsx?|m?js|json|wgsl|css|html|md|svg|webmanifest)$|^\.(npmrc|gitignore)$|^\.ci\/|^NOTICE$/.test(file));
const docs = [...new Set(['README.md', ...tracked.filter((file) => file.endsWith('.md'))])];

interface Manifest {
  readonly scripts: Record<string, string>;
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
  readonly engines: { readonly node: string };
}
const manifest = JSON.parse(read('package.json')) as Manifest;

/** "file:line: text" of every line that matches. */
function lines(files: readonly string[], pattern: RegExp): string[] {
  return files.flatMap((file) =>
    read(file).split('\n').flatMap((line, i) => (pattern.test(line) ? [`${file}:${i + 1}: ${line.trim().slice(0, 120)}`] : [])),
  );
}

describe.skipIf(!inGit)('tracked files (skipped where the project is no git checkout)', () => {
  test('name no package registry and no download address', () => {
    expect(lines(texts, /https?:\/\/[^/\s"']*(registry|npmjs|npmmirror)/)).toEqual([]);
    expect(lines(['package-lock.json'], /"resolved"/)).toEqual([]);
  });

  test('name no path of a machine', () => {
    expect(lines(texts, /(^|[^\w.-])\/(work|tmp|root|farm|home\/\w+|Users\/\w+)\//)).toEqual([]);
  });

  test('switch no test and no rule off, and leave no note for later', () => {
    const code = texts.filter((file) => /\.(tsx?|mjs|wgsl|css)$/.test(file));
    expect(lines(code, new RegExp(['\\b(test|it|describe)\\.only\\(', 'TO' + 'DO\\b', 'FIX' + 'ME\\b', '@ts-' + '(ignore|expect|nocheck)', 'eslint-' + 'disable'].join('|')))).toEqual([]);
  });
});

test('every npm command in the documents exists', () => {
  const builtIn = new Set(['ci', 'install']);
  const named = docs.flatMap((file) => [...read(file).matchAll(/\bnpm (?:run (?:-s )?)?([a-z][\w:-]*)/g)].map(([, name]) => ({ file, name: name ?? '' })));
  expect(named.filter(({ name }) => !builtIn.has(name) && !(name in manifest.scripts))).toEqual([]);
  expect(named.map(({ name }) => name)).toEqual(expect.arrayContaining(['start', 'test']));
});

test('every relative link in the documents leads to a file', () => {
  const links = docs.flatMap((file) => [...read(file).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, to]) => join(dirname(file), to ?? '')));
  expect(links.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test('every dependency is pinned to one version', () => {
  const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test('the least Chrome and Node are the same wherever they are stated', () => {
  const chrome = /Chrome (\d+) or later/.exec(read('README.md'))?.[1];
  expect(chrome).toBeDefined();
  expect(viteConfig.build?.target).toBe(`chrome${chrome ?? ''}`);
  const sentences = texts.filter((file) => /^(src|app)\//.test(file)).flatMap((file) => [...read(file).matchAll(/Chrome (\d+) or (?:later|newer)/g)].map(([, version]) => version));
  expect(new Set(sentences)).toEqual(new Set([chrome]));
  expect(read('README.md')).toContain(`Node ${manifest.engines.node.replace('>=', '')} or later`);
});

test('docs/NUMERICS.md gives a reason for every tolerance', () => {
  const reasons = read('docs/NUMERICS.md');
  const rows = Object.entries(TOLERANCE).map(([name, bound]) => `| \`${name}\` | ${bound.toExponential().replace('+', '')} |`);
  expect(rows.filter((row) => !reasons.includes(row))).toEqual([]);
});

test('docs/THIRD_PARTY.md is current: npm run third-party writes it', () => {
  expect(read('docs/THIRD_PARTY.md')).toBe(thirdParty());
});
