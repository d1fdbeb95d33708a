import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { encodePrompt } from '../data/encode';
import type { Tokenizer } from '../data/tokenizer';
import { Refusal } from '../errors/refusal';
import type { Suite } from '../eval/suite';
import { joinSuites, limitSuite, parseSuiteFile, SUITE_FILES } from '../eval/suite_files';
import type { ModelConfig } from '../formats/hf_config';
import { readBytes } from '../headless/directory';
import type { Context } from './command';
import { isEmbedded } from './embedded';
import { strangerToken, type TemplateChoice } from './open_rows';

export interface OpenSuite {
  readonly suite: Suite;
  /** The files that it was read from, folders resolved. */
  readonly files: readonly string[];
}

/**
 * Reads a suite from files and folders (their helpful.json, harmless.json and honest.json); what was assumed is said on stderr.
 * `limit` takes the first items of each list. Throws a Refusal that names file, row and field, 'empty-dataset' where nothing is measured.
 */
export async function openSuite(
  paths: readonly string[], { template, limit }: { readonly template: TemplateChoice; readonly limit: number | null },
  { say }: Pick<Context, 'say'>,
): Promise<OpenSuite> {
  const files = paths.flatMap(filesOf);
  const suites: Suite[] = [];
  const notes: string[] = [];
  for (const file of files) {
    const parsed = parseSuiteFile(await readBytes(file), file, template === 'auto' && isEmbedded(file) ? 'plain' : template);
    suites.push(parsed.suite);
    for (const note of parsed.notes) {
      notes.push(note);
      say(`${file}: ${note}.`);
    }
  }
  const all = joinSuites(suites);
  const suite = limit === null ? all : limitSuite(all, limit);
  if (suite.helpful.length + suite.harmless.length + suite.honest.length === 0) {
    throw new Refusal('empty-dataset', {
      file: files.join(', '), expected: 'at least one row that a measure applies to', got: 'none', fix: notes[0] ?? 'give another suite',
    });
  }
  const { harmless } = suite;
  if (harmless.length > 0 && !harmless.some(({ harmful }) => harmful)) say('The suite has no harmful request: harmless is not measured.');
  return { suite, files };
}

function filesOf(path: string): string[] {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [path];
  const found = SUITE_FILES.map((name) => join(path, name)).filter((file) => existsSync(file));
  if (found.length === 0) {
    throw new Refusal('missing-file', {
      file: path, expected: `one of ${SUITE_FILES.join(', ')}`, got: 'none', fix: 'give the folder of a suite, or its files',
    });
  }
  return found;
}

/** Throws a Refusal 'bad-tokenizer' where a text has a token that the model does not know. */
export function requireKnownTokens({ helpful, harmless, honest }: Suite, tokenizer: Tokenizer, { vocab }: ModelConfig): void {
  if (tokenizer.vocab <= vocab) return;
  const texts = [
    ...[...helpful, ...harmless, ...honest].map(({ prompt }) => prompt),
    ...honest.flatMap(({ correct, incorrect }) => [...correct, ...incorrect]),
  ];
  for (const text of texts) {
    const stranger = encodePrompt(tokenizer, text).find((id) => id >= vocab);
    if (stranger !== undefined) throw strangerToken(stranger, vocab, tokenizer.file);
  }
}
