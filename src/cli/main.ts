import { Refusal } from '../errors/refusal';
import { COMMANDS } from './commands/commands';
import type { Command } from './command';

const REFUSED = 2;
const FAILED = 1;

function overview(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return ['h3 <command> [options]', '', ...lines, '', 'Every command: --help lists its options with their defaults; --json ends with one JSON object.', ''].join('\n');
}

function help({ name, summary, options }: Command): string {
  const rows = Object.entries(options).map(([option, { value, help: meaning, fallback }]) => ({
    left: `--${option}${value === undefined ? '' : ` ${value}`}`,
    right: `${meaning}${shown(fallback)}`,
  }));
  const width = Math.max(...rows.map(({ left }) => left.length));
  return [`h3 ${name}: ${summary}`, '', ...rows.map(({ left, right }) => `  ${left.padEnd(width)}  ${right}`), ''].join('\n');
}

function shown(fallback: unknown): string {
  if (fallback === null || fallback === false) return '';
  if (fallback instanceof Map) return ` (default ${[...(fallback as Map<string, string>)].map(([name, path]) => `${name}=${path}`).join(',')})`;
  return ` (default ${Array.isArray(fallback) ? fallback.join(',') : String(fallback)})`;
}

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  const command = COMMANDS.find((known) => known.name === name);
  if (name === undefined || name === 'help' || name === '--help') {
    process.stdout.write(overview());
    return 0;
  }
  if (command === undefined) {
    throw new Refusal('bad-option', { file: 'h3', field: name, expected: `one of ${COMMANDS.map((known) => known.name).join(', ')}`, got: 'an unknown command', fix: 'see h3 --help' });
  }
  if (rest.includes('--help')) {
    process.stdout.write(help(command));
    return 0;
  }
  const answer = await command.run(rest.filter((arg) => arg !== '--json'));
  process.stdout.write(rest.includes('--json') ? `${JSON.stringify(answer.json)}\n` : `${answer.text}\n`);
  return 0;
}

function explain(error: unknown): number {
  if (error instanceof Refusal) {
    process.stderr.write(`${error.message}\n`);
    return REFUSED;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return FAILED;
}

// Dawn's threads keep Node alive: the exit is explicit, after stdout is flushed.
const code = await main(process.argv.slice(2)).catch(explain);
process.stdout.write('', () => process.exit(code));
