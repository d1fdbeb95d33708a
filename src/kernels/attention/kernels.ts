import { expand } from '../../gpu/expand';
import type { KernelSpec } from '../../gpu/kernel';
import { specialize } from '../../gpu/wgsl';
import delta from './attention_backward_delta.wgsl?raw';
import key from './attention_backward_key.wgsl?raw';
import keyQuad from './attention_backward_key_quad.wgsl?raw';
import query from './attention_backward_query.wgsl?raw';
import queryQuad from './attention_backward_query_quad.wgsl?raw';
import decode from './attention_decode.wgsl?raw';
import forward from './attention_forward.wgsl?raw';
import forwardQuad from './attention_forward_quad.wgsl?raw';

const SOURCES = {
  attention_forward: forward,
  attention_forward_quad: forwardQuad,
  attention_decode: decode,
  attention_backward_delta: delta,
  attention_backward_query: query,
  attention_backward_query_quad: queryQuad,
  attention_backward_key: key,
  attention_backward_key_quad: keyQuad,
} as const;

export type AttentionKernel = keyof typeof SOURCES;

/** The kernel for heads of D floats, read four at a time where D allows it; its register loops are expanded. */
export function attentionKernel(
  kernel: AttentionKernel, D: number, { WG, R }: { readonly WG: number; readonly R?: number },
): KernelSpec {
  const WIDTH = D % 4 === 0 ? 4 : 1;
  const name = [kernel, `d${String(D)}`, ...(R === undefined ? [] : [`r${String(R)}`])].join('_');
  const source = WIDTH === 4 ? SOURCES[kernel] : narrow(name, SOURCES[kernel]);
  const constants = { WIDTH, DV: D / WIDTH, ...(R === undefined ? {} : { R }) };
  return { name, source: expand(name, specialize(name, source, constants)), overrides: { WG } };
}

const WIDE = ['alias Lane = vec4<f32>;', 'return dot(a, b);'] as const;
const NARROW = ['alias Lane = f32;', 'return a * b;'] as const;

/** The same kernel reading single floats, for widths that are no multiple of 4. */
function narrow(name: string, source: string): string {
  for (const line of WIDE) {
    if (source.split(line).length !== 2) throw new SyntaxError(`kernel ${name}: "${line}" is expected once`);
  }
  return source.replace(WIDE[0], NARROW[0]).replace(WIDE[1], NARROW[1]);
}
