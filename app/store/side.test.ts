import { beforeEach, expect, test } from 'vitest';
import { aloneTitle, wordOf } from '../inspect/alone_facts';
import { EngineClient } from '../../src/engine/client';
import type { Command, Event, Voice } from '../../src/engine/protocol';
import { connect } from './actions';
import { askAlone, placeOf, stopAlone } from './alone';
import { answerText, newAnswer } from './answer';
import { useInspect } from './inspect';
import { askSide, choose } from './side';
import { useStudio } from './studio';

const VOICES: readonly Voice[] = (['fused', 'helpful', 'harmless', 'honest'] as const).map((who) => ({
  who, top: [{ text: who === 'honest' ? ' bats' : 'no', probability: 0.5, chosen: who !== 'honest' }], logProbability: -1,
}));

/** An engine that says who was asked, and tells the voices when it is let. */
class Port {
  readonly asked: Command[] = [];
  hang = false;
  private receive: (message: { readonly data: Event }) => void = () => undefined;

  addEventListener(
    ...[type, listener]: ['message', (message: { readonly data: Event }) => void] | ['error', (fault: { readonly message?: string }) => void]
  ): void {
    if (type === 'message') this.receive = listener;
  }

  terminate(): void { this.hang = true; }

  postMessage(command: Command): void {
    this.asked.push(command);
    const say = (data: Event): void => { queueMicrotask(() => { this.receive({ data }); }); };
    if (command.type === 'open') say({ type: 'ready', id: command.id, adapter: { name: 'test', software: true } });
    if (command.type === 'cancel') say({ type: 'done', id: command.id, reason: 'cancelled' });
    if (command.type === 'alone' && !this.hang) say({ type: 'alone', id: command.id, voices: VOICES, step: 3 });
    if (command.type !== 'generate') return;
    if (command.prompt === 'long') {
      say({ type: 'failed', id: command.id, error: { code: 'too-long', message: 'the prompt: expected less.', detail: {} } });
      return;
    }
    say({ type: 'token', id: command.id, text: command.model, ids: [1], elapsed: 1 });
    say({ type: 'done', id: command.id, reason: 'end' });
  }
}

let port: Port;
beforeEach(async () => {
  useStudio.setState(useStudio.getInitialState());
  useInspect.setState(useInspect.getInitialState());
  port = new Port();
  await connect(new EngineClient(port), 'models/');
  useStudio.setState({ prompt: 'hello' });
});

test('one prompt goes to all that are chosen, in their order, and to no fused model before there is one', async () => {
  choose('slerp', true);
  choose('harmless', false);
  await askSide();
  expect(port.asked.flatMap((command) => (command.type === 'generate' ? [command.model] : []))).toEqual(['helpful', 'honest', 'slerp']);
  expect(Object.entries(useInspect.getState().sideAnswers).map(([model, answer]) => [model, answerText(answer)])).toEqual([
    ['helpful', 'helpful'], ['honest', 'honest'], ['slerp', 'slerp'],
  ]);
});

test('a refused prompt is refused once, and the answers before it stay', async () => {
  await askSide();
  useStudio.setState({ prompt: 'long' });
  await askSide();
  expect(port.asked.filter((command) => command.type === 'generate' && command.prompt === 'long')).toHaveLength(1);
  const { sideAnswers } = useInspect.getState();
  expect([sideAnswers.helpful?.state, sideAnswers.honest?.prompt]).toEqual(['end', 'hello']);
  expect(useStudio.getState().errors.watch?.code).toBe('too-long');
});

test('a place is asked once with the tokens before it; a stopped one says so, and is asked anew when told to', async () => {
  const answer = { ...newAnswer('fused', 'hello'), tokens: [{ text: 'no', ids: [4, 5] }, { text: ',', ids: [6] }] };
  const place = placeOf(answer, 1);
  expect(place).toEqual({ prompt: 'hello', before: [4, 5], chosen: [6] });
  expect(placeOf({ ...answer, tokens: [{ text: 'recorded' }] }, 0)).toBeUndefined();
  if (place === undefined) return;
  await askAlone(place);
  await askAlone(place);
  expect(port.asked.filter(({ type }) => type === 'alone')).toHaveLength(1);
  expect(useInspect.getState().alone).toMatchObject({ state: 'told', voices: VOICES, step: 3 });
  port.hang = true;
  const again = askAlone(place, true);
  stopAlone();
  await again;
  expect(useInspect.getState().alone?.state).toBe('stopped');
});

test('the sentence over the voices names who, alone, would have said something else', () => {
  expect(aloneTitle('no', [])).toBe('What each would have said at “no”');
  expect(aloneTitle('no', VOICES)).toBe('Alone, Honest would rather have said another word than “no”.');
  expect(aloneTitle('no', VOICES.slice(0, 3))).toBe('Alone, each of the three would have said “no” too.');
  expect(['', ' ', ' a'].map(wordOf)).toEqual(['(ends)', '(space)', 'a']);
});
