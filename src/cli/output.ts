import { accessSync, constants, existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ADAPTER_CONFIG } from '../formats/peft';
import { bad } from './options';

/** What a command writes; each kind replaces an earlier one of its own kind only. */
type Kind = 'model' | 'adapter' | 'files';

/**
 * Checks `--out` before any work: a folder that exists or can be made, none of the inputs, and not one that holds the other
 * kind of model, whose files would stay and be read with the new ones. Throws a Refusal 'bad-option'.
 */
export function requireOutputFolder(out: string, kind: Kind, inputs: readonly string[]): void {
  const ancestor = requireWritable(out);
  if (ancestor !== resolve(out)) return;
  if (!statSync(out).isDirectory()) throw bad('out', 'a directory', `${out}, a file`, 'choose another place');
  const input = inputs.find((each) => existsSync(each) && realpathSync(each) === realpathSync(out));
  if (input !== undefined) throw bad('out', 'another directory than the inputs', out, 'choose another place');
  const names = readdirSync(out);
  const foreign = kind === 'model' ? ADAPTER_CONFIG : kind === 'adapter' ? 'config.json' : undefined;
  if (foreign !== undefined && names.includes(foreign)) {
    const held = kind === 'model' ? 'an adapter' : 'a model';
    throw bad('out', `a directory without ${foreign}`, out, `it holds ${held}: choose another place`);
  }
}

export function requireOutputFile(out: string): void {
  const ancestor = requireWritable(out);
  if (ancestor === resolve(out) && statSync(out).isDirectory()) throw bad('out', 'a file', `${out}, a directory`, 'add a file name');
}

/** A folder of no single command, such as --cache: it exists or can be made. */
export function requireFolder(option: string, folder: string): void {
  const ancestor = requireWritable(folder, option);
  if (!statSync(ancestor).isDirectory()) throw bad(option, 'a directory', `${folder}, a file`, 'choose another place');
}

/** The nearest part of the path that exists; it must be writable. */
function requireWritable(out: string, option = 'out'): string {
  let ancestor = resolve(out);
  while (!existsSync(ancestor)) ancestor = dirname(ancestor);
  if (ancestor !== resolve(out) && !statSync(ancestor).isDirectory()) {
    throw bad(option, 'a path below directories', `${ancestor}, a file`, 'choose another place');
  }
  try {
    accessSync(ancestor, constants.W_OK);
  } catch {
    throw bad(option, 'a place that may be written', ancestor, 'choose another place');
  }
  return ancestor;
}
