import { Refusal } from '../errors/refusal';
import { nodeGpu } from '../headless/node_gpu';
import type { Command, Context } from './command';
import { COMMANDS } from './commands/commands';
import { help, overview } from './help';
import { Progress } from './progress';

const REFUSED = 2;
const FAILED = 1;

const context: Context = {
  gpu: () => nodeGpu(),
  progress: (label) => new Progress(label),
  say: (line) => process.stderr.write(`${line}\n`),
  interrupted: () => {
    const controller = new AbortController();
    process.once('SIGINT', () => {
      process.stderr.write('\nStopping after this step; once more ends at once.\n');
      controller.abort();
    });
    return controller.signal;
  },
};

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  const asked = name === 'help' ? rest[0] : undefined;
  if (asked !== undefined && !asked.startsWith('-')) {
    process.stdout.write(help(commandOf(asked)));
    return 0;
  }
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(overview(COMMANDS));
    return 0;
  }
  const command = commandOf(name);
  const invocation = command.parse(rest);
  if (invocation.help) {
    process.stdout.write(help(command));
    return 0;
  }
  const answer = await invocation.run(context);
  process.stdout.write(invocation.json ? `${JSON.stringify(answer.json)}\n` : `${answer.text}\n`);
  return 0;
}

function commandOf(name: string): Command {
  const command = COMMANDS.find((known) => known.name === name);
  if (command !== undefined) return command;
  const known = COMMANDS.map((each) => each.name).join(', ');
  const detail = { expected: `one of ${known}`, got: 'an unknown command', fix: 'see h3 --help' };
  throw new Refusal('bad-option', { file: 'h3', field: JSON.stringify(name), ...detail });
}

function explain(error: unknown): number {
  if (error instanceof Refusal) {
    process.stderr.write(`${error.message.replaceAll(/\s*\n\s*/g, ' ')}\n`);
    return REFUSED;
  }
  // A fault of the program, not of its input: where it happened is what helps.
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return FAILED;
}

// The reader of a pipe may leave early (`| head`): nothing is left to do then.
process.stdout.on('error', () => process.exit(0));
const code = await main(process.argv.slice(2)).catch(explain);
// Dawn's threads keep Node alive: the exit is explicit, after stdout is flushed.
process.stdout.write('', () => process.exit(code));
