/**
 * Writes out every loop whose first line ends in `// unroll`, so that an array indexed by its counter can live in registers:
 * software adapters do not unroll by themselves, and an index that they cannot see costs a scattered load.
 * Such a loop reads `for (var i = 0u; i < BOUND; i++) { // unroll` and ends at the brace of the same indentation.
 * @param bounds values of the names that bound such loops
 * @throws SyntaxError where a bound is unknown or a loop does not end.
 */
export function unroll(source: string, bounds: Readonly<Record<string, number>>): string {
  const loop = /^( *)for \(var (\w+) = 0u; \2 < (\w+); \2\+\+\) \{ \/\/ unroll\n([^]*?)^\1\}$/m;
  let text = source;
  for (let found = loop.exec(text); found !== null; found = loop.exec(text)) {
    const [whole, indent = '', counter = '', bound = '', body = ''] = found;
    const count = bounds[bound];
    if (count === undefined) throw new SyntaxError(`unroll: the bound ${bound} is not given`);
    const name = new RegExp(`\\b${counter}\\b`, 'g');
    const copies = Array.from({ length: count }, (_, value) => `${indent}{\n${body.replace(name, `${String(value)}u`)}${indent}}`);
    text = text.slice(0, found.index) + copies.join('\n') + text.slice(found.index + whole.length);
  }
  if (text.includes('// unroll')) throw new SyntaxError('unroll: a marked loop is not written as expected');
  return text;
}

const WIDE = ['alias Lane = vec4<f32>;', 'return dot(a, b);'] as const;
const NARROW = ['alias Lane = f32;', 'return a * b;'] as const;

/** A kernel written for rows of vec4, made to read single floats: for widths that are no multiple of 4. */
export function narrow(source: string): string {
  if (!WIDE.every((line) => source.split(line).length === 2)) throw new SyntaxError('narrow: the kernel declares no single Lane');
  return source.replace(WIDE[0], NARROW[0]).replace(WIDE[1], NARROW[1]);
}
