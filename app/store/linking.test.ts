import { beforeEach, expect, test, vi } from 'vitest';
import { BREAKS } from '../../src/engine/recipe';
import { useInspect } from './inspect';
import { keepAddress, leaveLesson, lessonLink, openChanged, openLink } from './linking';
import { newAnswer } from './answer';
import { EMPTY_LESSON } from './lesson';
import { done, NEUTRAL } from './steps';
import { useStudio } from './studio';

beforeEach(() => {
  useStudio.setState(useStudio.getInitialState());
  useInspect.setState(useInspect.getInitialState());
});

test('a change of screen takes nothing back: what can be undone stays', () => {
  useStudio.setState(({ steps }) => ({ steps: done(steps, { ...NEUTRAL, temperature: 2 }), prompt: 'typed' }));
  const before = useStudio.getState();
  openLink('#train');
  expect(useStudio.getState()).toBe(before);
});

test('a link over a changed page gives its own state, what it leaves out included', () => {
  useStudio.setState(({ recipe }) => ({ recipe: { ...recipe, steps: 9 }, invalid: new Map([['steps', 'many']]), baseline: 'soup', prompt: 'typed', who: 'honest' }));
  openLink('#fuse?v=1&recipe.gateWeight=0.3&watched=are bats blind?');
  const { recipe, baseline, prompt, watched, invalid } = useStudio.getState();
  expect(invalid.size).toBe(0);
  expect(useStudio.getState().who).toBe('base');
  expect([recipe.steps, recipe.gateWeight, baseline, prompt, watched]).toEqual([useStudio.getInitialState().recipe.steps, 0.3, undefined, 'typed', 'are bats blind?']);
});

test('a link without an intervention leaves no fork on screen, and takes back what was said of one before', () => {
  useStudio.setState({ stepped: { steps: { ...NEUTRAL, muted: ['harmless'] }, answer: newAnswer('fused', 'abc') } });
  openLink('#inspect?v=1&recipe.steps=0');
  expect(useStudio.getState().errors.link).toBeDefined();
  expect(useStudio.getState().stepped).toBeDefined();
  openLink('#inspect?v=1');
  expect(useStudio.getState().stepped).toBeUndefined();
  expect(useStudio.getState().errors.link).toBeUndefined();
});

test('the way back to a link that was taken sets nothing again; the same link, pasted, does', () => {
  const history: { state: unknown; replaceState: (state: unknown) => void } = { state: null, replaceState: (state) => { history.state = state; } };
  vi.stubGlobal('history', history);
  const hash = '#fuse?v=1&recipe.steps=12';
  openChanged(hash);
  useStudio.setState(({ recipe }) => ({ recipe: { ...recipe, steps: 9 } }));
  openChanged(hash);
  expect(useStudio.getState().recipe.steps).toBe(9);
  history.state = null;
  openChanged(hash);
  expect(useStudio.getState().recipe.steps).toBe(12);
  vi.unstubAllGlobals();
});

test('the address says what is set, and is plain again when nothing is', () => {
  vi.useFakeTimers();
  const page = { hash: '#train', href: 'http://studio.test/#train' };
  vi.stubGlobal('location', page);
  vi.stubGlobal('addEventListener', vi.fn());
  vi.stubGlobal('history', { replaceState: (_: unknown, __: string, link: string) => {
    page.href = link;
    page.hash = link.slice(link.indexOf('#'));
  } });
  keepAddress();
  // Filled in by itself: nobody has set it.
  useStudio.setState({ prompts: ['first?'], prompt: 'first?', watched: 'first?' });
  vi.advanceTimersByTime(600);
  expect(page.hash).toBe('#train');
  useStudio.setState(({ recipe, chart }) => ({ recipe: { ...recipe, steps: 12 }, chart: { ...chart, log: true }, prompt: 'mine' }));
  vi.advanceTimersByTime(600);
  expect(page.hash).toBe('#train?v=1&recipe.steps=12&prompt=mine&chart.log=1');
  const kept = page.hash;
  useStudio.setState(useStudio.getInitialState());
  vi.advanceTimersByTime(600);
  expect(page.hash).toBe('#train');
  openLink(kept);
  expect(useStudio.getState()).toMatchObject({ recipe: { steps: 12 }, chart: { log: true }, prompt: 'mine' });
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('of a link that does not fit nothing is taken', () => {
  openLink('#fuse?v=1&recipe.gateWeight=0.3&recipe.steps=0');
  expect(useStudio.getState().recipe).toBe(useStudio.getInitialState().recipe);
  expect(useStudio.getState().errors.link?.message).toContain('recipe.steps');
});

test('a lesson can begin broken, and with a guess; a link without that looks again', () => {
  vi.stubGlobal('location', { href: 'http://studio.test/#fuse' });
  useStudio.setState(({ recipe }) => ({ recipe: { ...recipe, seed: 7 } }));
  const link = lessonLink({ screen: 'inspect', recipe: BREAKS.collapse, mode: 'guess', prompt: 'are bats blind?', lesson: EMPTY_LESSON });
  useStudio.setState(useStudio.getInitialState());
  openLink(link.slice(link.indexOf('#')));
  expect(useStudio.getState()).toMatchObject({ recipe: { ...BREAKS.collapse, seed: 7 }, prompt: 'are bats blind?', lesson: EMPTY_LESSON });
  expect(useInspect.getState().mode).toBe('guess');
  openLink('#inspect?v=1');
  expect(useInspect.getState()).toMatchObject({ mode: 'look', chosen: useInspect.getInitialState().chosen });
  vi.unstubAllGlobals();
});

test('a link without a lesson ends one; a change of screen does not; what is set stays when it is left', () => {
  const page = { location: { href: 'http://studio.test/#fuse' }, history: { replaceState: vi.fn() } };
  for (const [name, value] of Object.entries(page)) vi.stubGlobal(name, value);
  openLink('#fuse?v=1&recipe.steps=12&lesson=1&lesson.lock=recipe');
  openLink('#train');
  expect(useStudio.getState().lesson?.locked).toEqual(['recipe']);
  leaveLesson('train');
  expect([useStudio.getState().lesson, useStudio.getState().recipe.steps]).toEqual([undefined, 12]);
  expect(page.history.replaceState).toHaveBeenCalledWith({ linkTaken: true }, '', 'http://studio.test/#train?v=1&recipe.steps=12');
  openLink('#fuse?v=1&lesson=1');
  openLink('#fuse?v=1&recipe.steps=13');
  expect(useStudio.getState().lesson).toBeUndefined();
  vi.unstubAllGlobals();
});
