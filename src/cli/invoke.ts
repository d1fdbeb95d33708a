import type { Answer, Context } from './command';
import { COMMANDS } from './commands/commands';
import { Progress } from './progress';

/** Runs a command inside this process, silently: what tests do. `gpu` is where the GPU comes from, `say` is told the lines of stderr. */
export async function invoke(
  name: string, args: readonly string[], gpu: Context['gpu'], say: Context['say'] = () => undefined,
): Promise<Answer['json']> {
  const command = COMMANDS.find((known) => known.name === name);
  if (command === undefined) throw new RangeError(`there is no command ${name}`);
  const answer = await command.parse(args).run({
    gpu,
    progress: (label) => new Progress(label, { write: () => undefined }),
    say,
    interrupted: () => new AbortController().signal,
  });
  return answer.json;
}
