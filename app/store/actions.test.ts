import { beforeEach, expect, test } from 'vitest';
import { EngineClient } from '../../src/engine/client';
import type { Command, Event, RunPhase } from '../../src/engine/protocol';
import { connect, fuse } from './actions';
import { useStudio } from './studio';

/** An engine that is told what to say, and what was asked of it. */
class Port {
  readonly asked: Command[] = [];
  private receive: (message: { readonly data: Event }) => void = () => undefined;

  addEventListener(
    ...[type, listener]: ['message', (message: { readonly data: Event }) => void] | ['error', (fault: { readonly message?: string }) => void]
  ): void {
    if (type === 'message') this.receive = listener;
  }

  postMessage(command: Command): void {
    this.asked.push(command);
    if (command.type === 'open') queueMicrotask(() => { this.say({ type: 'ready', id: command.id, adapter: { name: 'test', software: true } }); });
  }

  terminate(): void { this.asked.length = 0; }

  say(event: Event): void { this.receive({ data: event }); }
  enter(phase: RunPhase, step = 0): void { this.say({ type: 'runState', status: { phase, step, totalSteps: 9 } }); }
}

let port: Port;
beforeEach(async () => {
  useStudio.setState(useStudio.getInitialState());
  port = new Port();
  await connect(new EngineClient(port), 'models/');
});

test('a run that is refused while another is under way is not taken for that one', async () => {
  void fuse();
  port.enter('preparing');
  port.enter('running');
  const { record, book: { current } } = useStudio.getState();
  expect(record?.capacity).toBe(9);
  const refused = fuse();
  const { id } = port.asked.flatMap((command) => (command.type === 'fuse' ? [command] : [])).at(-1) ?? { id: 0 };
  port.say({ type: 'failed', id, error: { code: 'bad-option', message: 'the run: one is under way.', detail: {} } });
  await refused;
  port.enter('running', 1);
  expect(useStudio.getState().record).toBe(record);
  expect(useStudio.getState().book).toMatchObject({ current, shelf: [] });
  expect(useStudio.getState().errors.run?.message).toBe('the run: one is under way.');
});

test('a run remembers whether it is of a visitor’s models or rows, whatever is loaded later', () => {
  const card = { id: 'base', origin: 'files', name: 'mine', description: '', parameters: 1, layers: 1, width: 1, vocab: 1, context: 8 } as const;
  port.say({ type: 'models', cards: [card], prompts: ['a'], ledger: [] });
  void fuse();
  port.enter('running');
  port.say({ type: 'models', cards: [{ ...card, origin: 'embedded' }], prompts: ['a'], ledger: [] });
  expect(useStudio.getState().book.current?.own).toBe(true);
});
