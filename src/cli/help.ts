import type { Command } from './command';

export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'npm run -s h3 -- <command> [options]', '', ...lines, '',
    'Every command: --help lists its options with their defaults, --json ends with one line of JSON.', '',
  ].join('\n');
}

export function help({ name, summary, examples, options }: Command): string {
  const rows = Object.entries(options).map(([option, { value, help: meaning, fallback }]) => ({
    left: `--${option}${value === undefined ? '' : ` ${value}`}`,
    right: `${meaning}${defaultText(fallback)}`,
  }));
  const width = Math.min(Math.max(...rows.map(({ left }) => left.length)), 34);
  return [
    `h3 ${name}: ${summary}`, '',
    ...rows.map(({ left, right }) => `  ${left.padEnd(width)}  ${right}`), '',
    ...examples.map((line) => `  npm run -s h3 -- ${line}`), '',
  ].join('\n');
}

function defaultText(fallback: unknown): string {
  if (fallback === null || fallback === false) return '';
  if (fallback instanceof Map ? fallback.size === 0 : Array.isArray(fallback) && fallback.length === 0) return '';
  const pairs = fallback instanceof Map ? [...(fallback as Map<string, string>)].map(([name, path]) => `${name}=${path}`) : fallback;
  return ` (default ${Array.isArray(pairs) ? pairs.join(',') : JSON.stringify(pairs).replaceAll('"', '')})`;
}
