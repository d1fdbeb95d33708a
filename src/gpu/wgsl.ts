/** Reads what a kernel declares, so that names are written once: in WGSL. */
export interface Binding {
  readonly name: string;
  readonly index: number;
  readonly type: GPUBufferBindingType;
}

export type ScalarType = 'u32' | 'i32' | 'f32';

export interface KernelInterface {
  /** The storage buffers, by name. */
  readonly buffers: ReadonlyMap<string, Binding>;
  /** The `var<uniform>` of type Params, where the kernel has one. */
  readonly uniform: Binding | undefined;
  /** Fields of `struct Params` in order, 4 bytes each. */
  readonly params: ReadonlyMap<string, ScalarType>;
  readonly overrides: ReadonlySet<string>;
}

const BINDING =
  /@group\(0\)\s*@binding\((\d+)\)\s*var<\s*(uniform|storage)\s*(?:,\s*(read|read_write)\s*)?>\s*(\w+)\s*:/g;

export function parseKernel(name: string, source: string): KernelInterface {
  const code = source.replace(/\/\/.*$/gm, '');
  const buffers = new Map<string, Binding>();
  let uniform: Binding | undefined;
  for (const [, index, space, access, variable] of code.matchAll(BINDING)) {
    if (variable === undefined) continue;
    const type = space === 'uniform' ? 'uniform' : access === 'read_write' ? 'storage' : 'read-only-storage';
    const binding: Binding = { name: variable, index: Number(index), type };
    if (type === 'uniform') uniform = binding;
    else buffers.set(variable, binding);
  }
  const params = new Map<string, ScalarType>();
  const struct = /struct\s+Params\s*\{([^}]*)\}/.exec(code)?.[1];
  for (const field of (struct ?? '').split(',').map((text) => text.trim()).filter((text) => text !== '')) {
    const match = /^(\w+)\s*:\s*(u32|i32|f32)$/.exec(field);
    if (match === null) throw new SyntaxError(`kernel ${name}: Params field "${field}" is not a u32, i32 or f32`);
    params.set(match[1] as string, match[2] as ScalarType);
  }
  const overrides = new Set([...code.matchAll(/\boverride\s+(\w+)/g)].map((match) => match[1] as string));
  return { buffers, uniform, params, overrides };
}

/**
 * Replaces the value of `const NAME: TYPE = …;` (register tile sizes, which cannot be overrides).
 * Throws unless exactly one line declares the constant.
 */
export function specialize(name: string, source: string, constants: Readonly<Record<string, number>>): string {
  let text = source;
  for (const [constant, value] of Object.entries(constants)) {
    const pattern = new RegExp(`^(\\s*const\\s+${constant}\\s*(?::\\s*(\\w+)\\s*)?=\\s*)[^;]+;`, 'gm');
    const found = [...text.matchAll(pattern)];
    if (found.length !== 1) {
      throw new SyntaxError(`kernel ${name}: "const ${constant}" is declared ${String(found.length)} times, expected once`);
    }
    const suffix = found[0]?.[2] === 'u32' ? 'u' : '';
    text = text.replace(pattern, `$1${String(value)}${suffix};`);
  }
  return text;
}

/** A missing or extra name throws, naming kernel and binding. */
export function requireSameNames(kernel: string, what: string, declared: Iterable<string>, given: Iterable<string>): void {
  const want = new Set(declared);
  const have = new Set(given);
  for (const name of want) if (!have.has(name)) throw new TypeError(`kernel ${kernel}: ${what} "${name}" is not given`);
  for (const name of have) if (!want.has(name)) throw new TypeError(`kernel ${kernel}: there is no ${what} "${name}"`);
}
