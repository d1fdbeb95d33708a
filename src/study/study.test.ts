import { describe, expect, test } from 'vitest';
import type { Answerer } from '../eval/answerer';
import { DEFAULT_RECIPE } from '../fusion/recipe';
import { variants } from './ablate';
import { tune } from './contender';
import { CONTENDER_IDS } from './contenders';
import { weightMoves, weightStarts } from './ensembles';
import { Candidates, instructAnswerer, instructPrompt } from './instruct';
import { Pace } from './pace';
import { largest, meanScores, spreadScores, suiteSize, type Scores } from './scores';

const all = (hhh: number): Scores => ({ helpful: hhh, harmless: hhh, honest: hhh, hhh });

describe('scores', () => {
  test('mean and sample deviation over seeds are by measure; a single seed has no deviation', () => {
    const seeds = [{ ...all(0.5), helpful: 1 }, { ...all(0.7), helpful: 0 }];
    expect(meanScores(seeds)).toEqual({ ...all(expect.closeTo(0.6, 12) as number), helpful: 0.5 });
    expect(spreadScores(seeds).hhh).toBeCloseTo(Math.SQRT1_2 * 0.2, 12);
    expect(spreadScores([all(0.5)])).toEqual(all(0));
  });

  test('the largest is the first of equal ones', () => {
    expect(largest(['ab', 'c', 'de'], ({ length }) => length)).toBe('ab');
  });

  test('the size of a suite counts prompts and answers to choose from', () => {
    expect(suiteSize({
      helpful: [{ prompt: '', response: '', family: '', open: false }], harmless: [],
      honest: [{ prompt: '', family: '', correct: ['a'], incorrect: ['b', 'c'] }],
    })).toBe(5);
  });
});

describe('tuning', () => {
  /** One peak, at 7. */
  const peak = (asked: number[]) => (x: number): Promise<Scores> => {
    asked.push(x);
    return Promise.resolve(all(-Math.abs(x - 7)));
  };

  test('goes from the best start to the best neighbour until none is better, and asks nothing twice', async () => {
    const asked: number[] = [];
    const { settings, validation, tried } = await tune([0, 4], peak(asked), [(x) => [x - 2, x + 2], (x) => [x - 1, x + 1]]);
    expect(settings).toBe(7);
    expect(validation).toEqual(all(-0));
    expect(asked).toEqual([...new Set(asked)]);
    expect(tried).toBe(asked.length);
  });

  test('of equal settings the first wins', async () => {
    expect((await tune(['plain', 'fancy'], () => Promise.resolve(all(1)))).settings).toBe('plain');
  });
});

describe('the weights of an ensemble', () => {
  test('begin equal, then each member in turn counts more, and always sum to 1', () => {
    expect(weightStarts(2, [2, 4])).toEqual([[0.5, 0.5], [0.666667, 0.333333], [0.333333, 0.666667], [0.8, 0.2], [0.2, 0.8]]);
  });

  test('go on by one weight a factor less or more', () => {
    expect(weightMoves([0.5, 0.5], 1.5)).toEqual([[0.4, 0.6], [0.6, 0.4], [0.6, 0.4], [0.4, 0.6]]);
  });
});

describe('pace', () => {
  test('an estimate is replaced by what a stage took, and by nothing where it was done before', async () => {
    const shown: [number, number][] = [];
    const pace = new Pace((done, total) => shown.push([done, total]));
    pace.plan(100);
    pace.plan(50);
    await pace.stage('first', 100, () => {
      pace.spend(40);
      pace.spend(20);
      return Promise.resolve();
    });
    expect(shown).toEqual([[40, 150], [60, 150], [60, 110]]);
    await pace.stage('second', 50, () => Promise.resolve());
    expect(shown.at(-1)).toEqual([60, 60]);
  });

  test('a stage that takes longer than planned leaves the others their estimate', async () => {
    const shown: [number, number][] = [];
    const pace = new Pace((done, total) => shown.push([done, total]));
    pace.plan(10);
    pace.plan(50);
    await pace.stage('long', 10, () => {
      pace.spend(30);
      return Promise.resolve();
    });
    expect(shown.at(-1)).toEqual([30, 80]);
  });
});

describe('the aggregator', () => {
  const form = { separator: [9], longest: 2 };

  test('reads each answer, cut to its length, with a separator after it, then the prompt', () => {
    expect(instructPrompt([1, 5, 6], [[7], [8, 8, 8], []], form)).toEqual([1, 7, 9, 8, 8, 9, 9, 5, 6]);
  });

  /** Answers with the prompt's last token, then EOS; keeps what it was asked. */
  function echo(asked: number[][]): Answerer {
    return {
      name: 'echo',
      greedy: (prompts) => {
        asked.push(...prompts.map((prompt) => [...prompt]));
        return Promise.resolve(prompts.map((prompt) => [prompt.at(-1) ?? 0, 2]));
      },
      logProbs: (rows) => Promise.resolve(rows.map(({ ids }) => Float64Array.of(ids.length))),
      dispose: () => undefined,
    };
  }

  test('asks the candidates once for each prompt, and answers and scores with their answers before it', async () => {
    const asked: number[][] = [];
    const read: number[][] = [];
    const candidates = new Candidates([echo(asked), echo(asked)], 2, [2]);
    const answerer = instructAnswerer('instruct', echo(read), candidates, form);
    await answerer.greedy([[1, 5], [1, 5], [1, 6]], { maxNewTokens: 4, eos: [2] });
    expect(asked).toEqual([[1, 5], [1, 6], [1, 5], [1, 6]]);
    expect(read).toEqual([[1, 5, 9, 5, 9, 5], [1, 5, 9, 5, 9, 5], [1, 6, 9, 6, 9, 6]]);
    expect(await answerer.logProbs([{ ids: Uint32Array.of(1, 6, 4, 2), promptLength: 2 }])).toEqual([Float64Array.of(8)]);
    expect(asked).toHaveLength(4);
  });
});

describe('ablation', () => {
  test('changes one thing at a time, and leaves out what the recipe has already', () => {
    const { recipe: _, ...first } = variants(DEFAULT_RECIPE, 360)[0] ?? {};
    expect(first).toEqual({ factor: 'default', value: '' });
    const others = variants(DEFAULT_RECIPE, 360).slice(1);
    for (const { factor, recipe, rowsEach } of others) {
      const changed = (Object.keys(recipe) as (keyof typeof recipe)[]).filter((key) => JSON.stringify(recipe[key]) !== JSON.stringify(DEFAULT_RECIPE[key]));
      const count = changed.length + Number(rowsEach !== undefined);
      // A gate loss is its kind and its weight.
      expect(factor === 'gate-loss' ? Math.min(count, 1) : count).toBe(1);
    }
    const names = others.map(({ factor, value }) => `${factor} ${value}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names).not.toContain(`top-k ${DEFAULT_RECIPE.topK}`);
  });

  test('rows and steps are cut only below what there is', () => {
    const cut = variants({ ...DEFAULT_RECIPE, steps: 80 }, 150, ['rows', 'steps']).map(({ value }) => value);
    expect(cut).toEqual(['', '100']);
  });
});

test('everything of the comparison has a name of its own', () => {
  expect(CONTENDER_IDS).toEqual([
    'soup', 'task-arithmetic', 'task-arithmetic-each', 'ties', 'dare', 'slerp', 'ensemble-mean', 'ensemble-each', 'ensemble-perplexity',
    'instruct', 'joint', 'joint-full', 'paper', 'paper-code',
  ]);
});
