import { describe, expect, test } from 'vitest';
import { choice, flag, integer, named, number, numbers, parseOptions, path, paths, text } from './options';

const SPECS = {
  ids: numbers(null, ''),
  prompt: text('TEXT', null, ''),
  rate: number(0.5, '', { max: 1 }),
  steps: integer(10, '', { min: 1 }),
  mode: choice(['lora', 'full'], 'lora', ''),
  router: flag(''),
  model: path('DIR', 'base', ''),
  data: paths(['a.txt'], ''),
  expert: named(new Map([['a', 'x']]), ''),
};
const parse = (...args: string[]) => parseOptions('test', SPECS, args);

describe('options', () => {
  test('fall back to their defaults', () => {
    expect(parse()).toMatchObject({ ids: null, rate: 0.5, steps: 10, mode: 'lora', router: false, data: ['a.txt'] });
  });

  test('take a value after a space or an equals sign, also one that begins with a minus', () => {
    expect(parse('--ids', '-100,5', '--prompt=-x', '--rate', '1e-3')).toMatchObject({ ids: [-100, 5], prompt: '-x', rate: 1e-3 });
    expect(parse('--prompt', '--router').prompt).toBe('--router');
    expect(parse('--prompt=a=b\nc').prompt).toBe('a=b\nc');
    expect(parse('--prompt=').prompt).toBe('');
  });

  test('take several files by commas, by spaces and by repetition', () => {
    expect(parse('--data', 'b', 'c,d', '--router', '--data=e')).toMatchObject({ data: ['b', 'c', 'd', 'e'], router: true });
  });

  test('take named paths in their order, with equals signs in a path', () => {
    expect([...parse('--expert', 'b=p,a=q=r').expert]).toEqual([['b', 'p'], ['a', 'q=r']]);
  });

  test('take a bare word for the positional option only', () => {
    expect(parseOptions('test', SPECS, ['full', '--router'], 'mode')).toMatchObject({ mode: 'full', router: true });
    expect(() => parse('full')).toThrow('h3 test, "full": expected an option of this command, got an unknown word; see h3 test --help.');
  });

  test.each([
    [['--steps', '0'], '--steps: expected a whole number from 1 to 4294967295, got "0"; correct the option.'],
    [['--steps', '2.5'], '--steps: expected a whole number from 1 to 4294967295, got "2.5"; correct the option.'],
    [['--steps', '0x10'], '--steps: expected a whole number from 1 to 4294967295, got "0x10"; correct the option.'],
    [['--rate='], '--rate: expected a number from 0 to 1, got ""; correct the option.'],
    [['--rate', 'Infinity'], '--rate: expected a number from 0 to 1, got "Infinity"; correct the option.'],
    [['--rate', 'NaN'], '--rate: expected a number from 0 to 1, got "NaN"; correct the option.'],
    [['--mode', 'both'], '--mode: expected one of lora, full, got "both"; correct the option.'],
    [['--ids', '1,,2'],
      '--ids: expected whole numbers from -2147483648 to 4294967295, separated by commas, got "" in place 2; correct the option.'],
    [['--router=yes'], '--router: expected no value, got "yes"; correct the option.'],
    [['--steps'], '--steps: expected a value, N, got none; correct the option.'],
    [['--model', ''], '--model: expected a path, got an empty one; correct the option.'],
    [['--expert', 'x'], '--expert: expected name=PATH pairs, separated by commas, got "x"; correct the option.'],
    [['--expert', 'x=1,x=2'], '--expert: expected each name once, got x twice; correct the option.'],
    [['--constructor', '1'], 'h3 test, "--constructor": expected an option of this command, got an unknown word; see h3 test --help.'],
  ])('refuse %j in one sentence', (args, sentence) => {
    expect(() => parse(...args)).toThrow(sentence);
  });
});
