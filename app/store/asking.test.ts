import { beforeEach, expect, test } from 'vitest';
import { EngineClient } from '../../src/engine/client';
import type { Command, Event } from '../../src/engine/protocol';
import { connect } from './actions';
import { ask, askBaseline, askSources, compareWith } from './asking';
import { answerText } from './answer';
import { useStudio } from './studio';

/** An engine that answers prompts with their own words, and refuses the long one. */
class EchoPort {
  /** Models in the order in which they were asked. */
  readonly asked: string[] = [];
  readonly cancelled: number[] = [];
  private receive: (message: { readonly data: Event }) => void = () => undefined;
  /** Answers stop at their first token while this holds. */
  hang = false;

  addEventListener(
    ...[type, listener]: ['message', (message: { readonly data: Event }) => void] | ['error', (fault: { readonly message?: string }) => void]
  ): void {
    if (type === 'message') this.receive = listener;
  }

  postMessage(command: Command): void {
    queueMicrotask(() => { this.answer(command); });
  }

  terminate(): void { this.hang = true; }

  private answer(command: Command): void {
    const say = (data: Event): void => { this.receive({ data }); };
    if (command.type === 'open') {
      say({ type: 'models', cards: [], prompts: ['first', 'second'], ledger: [] });
      say({ type: 'ready', id: command.id, adapter: { name: 'test', software: true } });
    }
    if (command.type === 'cancel') this.cancelled.push(command.id);
    if (command.type !== 'generate') return;
    this.asked.push(command.model);
    if (command.prompt === 'long') {
      say({ type: 'failed', id: command.id, error: { code: 'too-long', message: 'the prompt: expected less.', detail: {} } });
      return;
    }
    say({ type: 'token', id: command.id, text: command.prompt, ids: [1], elapsed: 1 });
    if (!this.hang) say({ type: 'done', id: command.id, reason: 'end' });
  }
}

let port: EchoPort;
beforeEach(async () => {
  useStudio.setState(useStudio.getInitialState());
  port = new EchoPort();
  await connect(new EngineClient(port), 'models/');
});

test('a refused prompt leaves the answer before it on screen, and its sentence beside it', async () => {
  await ask();
  useStudio.setState({ prompt: 'long' });
  await ask();
  const { answer, errors } = useStudio.getState();
  expect(answer).toMatchObject({ prompt: 'first', state: 'end' });
  expect(errors.watch?.message).toBe('the prompt: expected less.');
});

test('a refusal leaves nothing where nothing was', async () => {
  useStudio.setState({ prompt: 'long', prompts: ['long'] });
  await ask();
  await askSources(['helpful']);
  const { answer, sourceAnswers, errors } = useStudio.getState();
  expect(answer).toBeUndefined();
  expect(sourceAnswers).toEqual({});
  expect(Object.keys(errors)).toEqual(['watch', 'fuse']);
});

test('an answer that was cut off by a refused prompt no longer counts as being written', async () => {
  port.hang = true;
  void ask();
  await new Promise((resolve) => { setTimeout(resolve); });
  expect(useStudio.getState().answer?.state).toBe('writing');
  useStudio.setState({ prompt: 'long' });
  await ask();
  const { answer } = useStudio.getState();
  expect(answer?.state).toBe('cancelled');
  expect(answer && answerText(answer)).toBe('first');
});

test('an answer counts as under way from the moment it is asked for', async () => {
  const done = ask();
  expect(useStudio.getState().answer).toMatchObject({ state: 'waiting', tokens: [] });
  await done;
  expect(useStudio.getState().answer?.state).toBe('end');
});

test('a baseline answers the prompt after the model that was asked, and beside it', async () => {
  compareWith('ties');
  await ask();
  expect(port.asked).toEqual(['base', 'ties']);
  const { answer, compared } = useStudio.getState();
  expect([answer?.model, compared?.model]).toEqual(['base', 'ties']);
  expect(compared).toMatchObject({ prompt: 'first', state: 'end' });
});

test('a baseline that is asked later gets the prompt of the answer on screen', async () => {
  await ask();
  useStudio.setState({ prompt: 'typed since' });
  await askBaseline('soup');
  const { answer, compared } = useStudio.getState();
  expect(compared).toMatchObject({ model: 'soup', prompt: 'first' });
  expect(answer?.model).toBe('base');
});

test('without a baseline nothing is compared, and what was compared before is gone', async () => {
  compareWith('dare');
  await ask();
  compareWith(undefined);
  await ask();
  expect(port.asked).toEqual(['base', 'dare', 'base']);
  expect(useStudio.getState().compared).toBeUndefined();
});

test('a baseline that gives way to another stops writing', async () => {
  port.hang = true;
  compareWith('soup');
  void askSources(['soup']);
  void askBaseline('soup');
  await new Promise((resolve) => { setTimeout(resolve); });
  compareWith('slerp');
  await new Promise((resolve) => { setTimeout(resolve); });
  expect(port.cancelled).toHaveLength(2);
});
