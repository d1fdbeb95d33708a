import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { writeConfig } from '../formats/hf_config_writer';
import { readModel } from '../formats/model_files';
import { directorySource } from '../headless/directory';
import { SMALL, smallTokenizer, tempFolder, writeFiles, writeSmallModel, writeSmallRows } from '../testing/model_directories';

const H3 = fileURLToPath(new URL('../../scripts/h3.mjs', import.meta.url));
const folder = tempFolder();
const at = (name: string): string => join(folder, name);

function h3(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [H3, ...args], { encoding: 'utf8', cwd: folder });
}

test('a refusal is one sentence on stderr and exit code 2, and stdout stays empty', () => {
  const stderr = 'nowhere: expected a directory, got none; check the path.\n';
  expect(h3('info', '--model', 'nowhere', '--json')).toMatchObject({ status: 2, stdout: '', stderr });
  expect(h3('dance')).toMatchObject({ status: 2, stdout: '' });
  expect(h3('dance').stderr).toMatch(/^h3, "dance": expected one of info, .*, got an unknown command; see h3 --help\.\n$/);
});

test('help needs no other option to be right, and lists every option with its default', () => {
  const { status, stdout } = h3('fuse', '--help');
  expect(status).toBe(0);
  const parts = ['--gate-loss nll|paper-code|none', '--top-k N', '(default 2)', 'npm run -s h3 -- fuse'];
  for (const part of parts) expect(stdout).toContain(part);
  expect(h3().stdout).toContain('pretrain');
  expect(h3('help', 'fuse').stdout).toBe(stdout);
  expect(h3('help', 'dance')).toMatchObject({ status: 2, stdout: '' });
  expect(h3('eval', '--help').stdout).not.toContain('(default )');
});

test('with --json the last line of stdout is one JSON object; paths are meant from where one stands', () => {
  writeSmallModel(at('model'));
  const { status, stdout } = h3('info', '--json', '--model=model');
  expect(status).toBe(0);
  expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ parameters: 22_688, config: { hidden_size: 32 } });
});

test('Ctrl-C ends training after its step, and the model so far is written whole', async () => {
  writeFiles(folder, new Map<string, Uint8Array | string>([['config.json', writeConfig(SMALL)], ...smallTokenizer()]));
  writeSmallRows(at('rows.jsonl'), 'helpful');
  writeFileSync(at('corpus.txt'), readFileSync(at('rows.jsonl')));
  const input = ['--data', 'corpus.txt', '--config', 'config.json', '--tokenizer', '.', '--template', 'plain'];
  const args = [H3, 'pretrain', ...input, '--out', 'out', '--steps', '100000', '--batch', '4', '--json'];
  const child = spawn(process.execPath, args, { cwd: folder });
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => { stdout += chunk.toString(); });
  const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => { resolve(code); }));
  const metrics = at('out/metrics.jsonl');
  const begun = (): boolean => existsSync(metrics) && readFileSync(metrics, 'utf8').includes('\n');
  while (child.exitCode === null && !begun()) await new Promise((resolve) => setTimeout(resolve, 50));
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  const answer = JSON.parse(stdout) as { steps: number; stopped: boolean };
  expect(answer.stopped).toBe(true);
  expect(readFileSync(metrics, 'utf8').trim().split('\n')).toHaveLength(answer.steps);
  expect((await readModel(directorySource(at('out')))).config).toMatchObject({ width: 32 });
});
