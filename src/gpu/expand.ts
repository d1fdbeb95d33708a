/**
 * Expands what a compiler need not: register arrays live in registers only where every index is a literal.
 *
 *   for (var i = 0u; i < P; i++) { // unroll      the body once for each i below P, with i replaced
 *   if (SUM_ROWS == 1u) { // static               the body, or nothing
 *
 * P and SUM_ROWS are `const` declarations of the source (already specialized) or numbers. The closing brace stands alone
 * on a line of the same indentation. The source stays valid WGSL of the same meaning, and compiles without expansion.
 */
export function expand(name: string, source: string): string {
  const constants = new Map<string, number>();
  for (const [, constant, value] of source.matchAll(/^const (\w+): u32 = (\d+)u?;/gm)) constants.set(constant as string, Number(value));
  const valueOf = (word: string): number => {
    const value = /^\d+u?$/.test(word) ? parseInt(word, 10) : constants.get(word);
    if (value === undefined) throw new SyntaxError(`kernel ${name}: "${word}" is no u32 constant, so nothing can be expanded by it`);
    return value;
  };
  return expandLines(name, source.split('\n'), valueOf).join('\n');
}

const UNROLL = /^(\s*)for \(var (\w+) = 0u; \2 < (\w+); \2\+\+\) \{ \/\/ unroll$/;
const STATIC = /^(\s*)if \((\w+) == (\d+)u\) \{ \/\/ static$/;

function expandLines(name: string, lines: readonly string[], valueOf: (word: string) => number): string[] {
  const expanded: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    const unroll = UNROLL.exec(line);
    const chosen = STATIC.exec(line);
    const indent = (unroll ?? chosen)?.[1];
    if (indent === undefined) {
      if (/\/\/ (unroll|static)$/.test(line)) throw new SyntaxError(`kernel ${name}: cannot expand "${line.trim()}"`);
      expanded.push(line);
      continue;
    }
    const end = lines.indexOf(`${indent}}`, at);
    if (end < 0) throw new SyntaxError(`kernel ${name}: "${line.trim()}" has no closing brace of its own indentation`);
    const body = lines.slice(at + 1, end);
    at = end;
    if (chosen) {
      if (valueOf(chosen[2] as string) === Number(chosen[3])) expanded.push(...expandLines(name, body, valueOf));
    } else if (unroll) {
      const variable = new RegExp(`\\b${unroll[2] as string}\\b`, 'g');
      for (let i = 0; i < valueOf(unroll[3] as string); i++) {
        const copy = body.map((text) => text.replace(variable, `${String(i)}u`));
        expanded.push(`${indent}{`, ...expandLines(name, copy, valueOf), `${indent}}`);
      }
    }
  }
  return expanded;
}
