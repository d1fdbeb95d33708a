import { expect, test } from 'vitest';
import { EngineClient, EngineFailure, type EnginePort } from './client';
import type { EvaluatedModel, ExaminedModel } from './evaluation';
import type { Command, Event } from './protocol';

class FakePort implements EnginePort {
  readonly sent: Command[] = [];
  private readonly messages: ((message: { readonly data: Event }) => void)[] = [];
  private readonly errors: ((fault: { readonly message?: string }) => void)[] = [];

  postMessage(command: Command): void { this.sent.push(command); }
  addEventListener(type: 'message' | 'error', listener: never): void {
    (type === 'message' ? this.messages : this.errors).push(listener);
  }
  terminate(): void { this.sent.length = 0; }
  emit(event: Event): void { for (const listener of this.messages) listener({ data: event }); }
  crash(message: string): void { for (const listener of this.errors) listener({ message }); }
}

const REQUEST = { model: 'fused', prompt: 'hello', maxNewTokens: 4, temperature: 0, topP: 1, seed: 1 } as const;

test('open resolves with the adapter of its own id', async () => {
  const port = new FakePort();
  const opened = new EngineClient(port).open('models/');
  expect(port.sent).toEqual([{ type: 'open', id: 1, modelsUrl: 'models/' }]);
  port.emit({ type: 'ready', id: 9, adapter: { name: 'another', software: false } });
  port.emit({ type: 'ready', id: 1, adapter: { name: 'mine', software: true } });
  expect(await opened).toEqual({ name: 'mine', software: true });
});

test('two answers at once each get their own tokens', async () => {
  const port = new FakePort();
  const client = new EngineClient(port);
  const words: string[][] = [[], []];
  const first = client.generate(REQUEST, ({ text }) => words[0]?.push(text));
  const second = client.generate(REQUEST, ({ text }) => words[1]?.push(text));
  port.emit({ type: 'token', id: 2, text: 'two', ids: [2], elapsed: 1 });
  port.emit({ type: 'token', id: 1, text: 'one', ids: [1], elapsed: 1 });
  port.emit({ type: 'done', id: 2, reason: 'length' });
  port.emit({ type: 'done', id: 1, reason: 'end' });
  expect([(await first).reason, (await second).reason]).toEqual(['end', 'length']);
  expect(words).toEqual([['one'], ['two']]);
});

test('an aborted answer sends cancel with its id', async () => {
  const port = new FakePort();
  const stop = new AbortController();
  const answer = new EngineClient(port).generate(REQUEST, () => undefined, stop.signal);
  stop.abort();
  expect(port.sent.at(-1)).toEqual({ type: 'cancel', id: 1 });
  port.emit({ type: 'done', id: 1, reason: 'cancelled' });
  expect(await answer).toMatchObject({ reason: 'cancelled' });
});

test('an evaluation hands out its own results and progress, an examination what it found, or nothing once aborted', async () => {
  const port = new FakePort();
  const client = new EngineClient(port);
  const stop = new AbortController();
  const heard: unknown[] = [];
  const evaluated = client.evaluate({ models: ['base'], split: 'test', limit: 2 }, (each) => heard.push(each), ({ done }) => heard.push(done), stop.signal);
  expect(port.sent).toEqual([{ type: 'evaluate', id: 1, models: ['base'], split: 'test', limit: 2 }]);
  const result = { model: 'base' } as EvaluatedModel;
  port.emit({ type: 'evaluating', id: 2, model: 'base', done: 5, total: 9 });
  port.emit({ type: 'evaluating', id: 1, model: 'base', done: 9, total: 9 });
  port.emit({ type: 'evaluated', id: 1, result });
  stop.abort();
  expect(port.sent.at(-1)).toEqual({ type: 'cancel', id: 1 });
  port.emit({ type: 'done', id: 1, reason: 'cancelled' });
  expect([await evaluated, heard]).toEqual(['cancelled', [9, result]]);
  const [whole, half] = [client.examine(({ part }) => heard.push(part)), client.examine(() => undefined)];
  const inside = { step: 3 } as ExaminedModel;
  port.emit({ type: 'evaluating', id: 2, model: 'fused', part: 'router', done: 1, total: 1 });
  port.emit({ type: 'examined', id: 2, result: inside });
  port.emit({ type: 'done', id: 3, reason: 'cancelled' });
  expect([await whole, await half, heard.at(-1)]).toEqual([inside, undefined, 'router']);
});

test('an intervention crosses as it is, and its divergences come back with the answer', async () => {
  const port = new FakePort();
  const intervention = { muted: ['honest'], bias: { helpful: 2 }, temperature: 0.5, topK: 1, layers: [0] } as const;
  const answer = new EngineClient(port).generate({ ...REQUEST, intervention }, () => undefined);
  expect(port.sent).toEqual([{ type: 'generate', id: 1, ...REQUEST, intervention }]);
  port.emit({ type: 'done', id: 1, reason: 'end', step: 7, kl: [0, 0.25] });
  expect(await answer).toMatchObject({ reason: 'end', step: 7, kl: [0, 0.25] });
});

test('a refusal rejects its own request and leaves the others waiting', async () => {
  const port = new FakePort();
  const client = new EngineClient(port);
  const error = { code: 'too-long', message: 'the prompt is too long.', detail: {} } as const;
  const refused = client.generate(REQUEST, () => undefined);
  const waiting = client.generate(REQUEST, () => undefined);
  port.emit({ type: 'failed', id: 1, error });
  await expect(refused).rejects.toThrow(EngineFailure);
  port.emit({ type: 'done', id: 2, reason: 'end' });
  expect(await waiting).toMatchObject({ reason: 'end' });
});

test('a crashed worker rejects everything that waits and is pushed as a failure', async () => {
  const port = new FakePort();
  const client = new EngineClient(port);
  const codes: string[] = [];
  client.on('failed', ({ error }) => codes.push(error.code));
  const opened = client.open('models/');
  port.crash('Uncaught TypeError');
  await expect(opened).rejects.toThrow('Uncaught TypeError');
  expect(codes).toEqual(['unexpected']);
});

test('a subscription ends when it is told to', () => {
  const port = new FakePort();
  const client = new EngineClient(port);
  let pushes = 0;
  const end = client.on('metrics', () => { pushes += 1; });
  port.emit({ type: 'metrics', points: [] });
  end();
  port.emit({ type: 'metrics', points: [] });
  expect(pushes).toBe(1);
});
