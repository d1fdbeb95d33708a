import { beforeEach, expect, test } from 'vitest';
import { EngineClient } from '../../src/engine/client';
import type { Command, Event } from '../../src/engine/protocol';
import { ask, askSources, connect } from './actions';
import { answerText } from './answer';
import { useStudio } from './studio';

/** An engine that answers prompts with their own words, and refuses the long one. */
class EchoPort {
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
      say({ type: 'models', cards: [], prompts: ['first', 'second'] });
      say({ type: 'ready', id: command.id, adapter: { name: 'test', software: true } });
    }
    if (command.type !== 'generate') return;
    if (command.prompt === 'long') {
      say({ type: 'failed', id: command.id, error: { code: 'too-long', message: 'the prompt: expected less.', detail: {} } });
      return;
    }
    say({ type: 'token', id: command.id, text: command.prompt, elapsed: 1 });
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
