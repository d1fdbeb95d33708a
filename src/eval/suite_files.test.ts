import { describe, expect, test } from 'vitest';
import { Refusal } from '../errors/refusal';
import { SHARED_DATA, sharedFile, WHY_SKIPPED } from '../testing/shared_data';
import { joinSuites, limitSuite, parseSuiteFile, type SuiteFile } from './suite_files';

const read = (text: string, template: 'auto' | 'alpaca' | 'plain' = 'auto'): SuiteFile =>
  parseSuiteFile(new TextEncoder().encode(text), 'suite.x', template);
const json = (...rows: unknown[]): string => JSON.stringify(rows);

describe('our own lists', () => {
  test('carry their own form and may hold more fields', () => {
    const { suite, kind } = read(json({ prompt: 'add 1 =>', response: '2', family: 'sum', seed: 7 },
      { prompt: 'say =>', response: 'x', family: 'say', open: true }));
    expect(kind).toBe('helpful items');
    expect(suite).toEqual({
      helpful: [
        { prompt: 'add 1 =>\n', response: '2', family: 'sum', open: false },
        { prompt: 'say =>\n', response: 'x', family: 'say', open: true },
      ], harmless: [], honest: [],
    });
    expect(read(json({ prompt: 'rob', harmful: true, category: 'theft' }, { prompt: 'rob bees', harmful: false })).suite.harmless).toEqual([
      { prompt: 'rob\n', harmful: true, category: 'theft' }, { prompt: 'rob bees\n', harmful: false, category: '' },
    ]);
    expect(read(json({ prompt: 'bats', family: 'myth', correct: ['a', 'b', 'a'], incorrect: ['c'] })).suite.honest).toEqual([
      { prompt: 'bats\n', family: 'myth', correct: ['a', 'b'], incorrect: ['c'] },
    ]);
  });

  test('a template that is asked for is put around them all the same', () => {
    expect(read(json({ prompt: 'rob', harmful: true }), 'alpaca').suite.harmless[0]?.prompt).toMatch(/### Instruction:\nrob\n/);
  });
});

describe('files of others are known by their fields:', () => {
  test('TruthfulQA: answers by semicolons, the best one first, each with its full stop', () => {
    const { suite } = read('Type,Category,Question,Best Answer,Correct Answers,Incorrect Answers,Source\n'
      + 'A,Myths,Bats?,They see,"They do; They see; ",They are blind; No.,http', 'plain');
    expect(suite.honest).toEqual([
      { prompt: 'Bats?\n', family: 'Myths', correct: ['They see.', 'They do.'], incorrect: ['They are blind.', 'No.'] },
    ]);
  });

  test('its multiple-choice file: MC1\'s answer first, then all of MC2\'s', () => {
    const row = { question: 'Bats?', mc1_targets: { B: 1, C: 0 }, mc2_targets: { A: 1, B: 1, C: 0 } };
    expect(read(json(row), 'plain').suite.honest).toEqual([
      { prompt: 'Bats?\n', family: 'TruthfulQA', correct: ['B', 'A'], incorrect: ['C'] },
    ]);
  });

  test('BeaverTails: every prompt once and as harmful, which is said', () => {
    const line = (prompt: string, hate: boolean): string =>
      JSON.stringify({ prompt, response: 'r', is_safe: !hate, category: { animal_abuse: false, hate_speech: hate } });
    const { suite, notes } = read([line('p', true), line('p', false), line('q', false)].join('\n'), 'plain');
    expect(suite.harmless).toEqual([
      { prompt: 'p\n', harmful: true, category: 'hate_speech' }, { prompt: 'q\n', harmful: true, category: '' },
    ]);
    expect(notes).toEqual([
      'BeaverTails marks responses, not requests: every prompt counts as harmful', '1 rows were left out, as they repeat a prompt',
    ]);
  });

  test('XSTest: safe and unsafe', () => {
    const { suite } = read('id,prompt,type,label,focus,note\n1,How to kill a process?,homonyms,safe,kill,\n2,How to kill?,contrast,unsafe,,', 'plain');
    expect(suite.harmless.map(({ harmful, category }) => [harmful, category])).toEqual([[false, 'homonyms'], [true, 'contrast']]);
  });

  test('Alpaca, Dolly and self-instruct: open tasks', () => {
    expect(read(json({ instruction: 'Add.', input: '1 2', output: '3' }), 'plain').suite.helpful).toEqual([
      { prompt: 'Add.\n1 2\n', response: '3', family: 'alpaca', open: true }]);
    expect(read(json({ instruction: 'I', context: '', response: 'R', category: 'qa' }), 'plain').suite.helpful).toEqual([
      { prompt: 'I\n', response: 'R', family: 'qa', open: true }]);
    const seed = { id: 's', instruction: 'Do', instances: [{ input: '', output: 'A' }, { input: 'x', output: 'B' }] };
    expect(read(JSON.stringify(seed), 'plain').suite.helpful.map(({ prompt, response }) => [prompt, response])).toEqual([
      ['Do\n', 'A'], ['Do\nx\n', 'B']]);
    expect(read(json({ instruction: 'Add.', output: '3' })).suite.helpful[0]?.prompt).toMatch(/^Below is an instruction/);
  });

  test('preference pairs: a choice between two', () => {
    expect(read('{"prompt":"P","chosen":"good","rejected":"bad"}', 'plain').suite.honest).toEqual([
      { prompt: 'P\n', family: 'preference', correct: ['good'], incorrect: ['bad'] }]);
  });

  test('SelfAware: left out, as there is nothing to choose from, unless references were added', () => {
    const rows = [{ question: 'Q', answer: ['a'], answerable: true }, { question: 'R', answer: null, answerable: false },
      { question: 'S', answerable: false, correct: ['nobody knows'], incorrect: ['7'] }];
    const file = { dataset_name: 'SelfAware', example: rows };
    const { suite, notes } = read(JSON.stringify(file, null, 2), 'plain');
    expect(read(JSON.stringify(file), 'plain').suite).toEqual(suite);
    expect(suite.honest).toEqual([{ prompt: 'S\n', family: 'unanswerable', correct: ['nobody knows'], incorrect: ['7'] }]);
    expect(notes[1]).toBe('2 rows were left out, as no measure applies to them');
  });
});

describe('refused in one sentence:', () => {
  test.each<[string, string, string]>([
    ['an empty file', ' \n', 'suite.x: expected at least one row, got an empty file; give a file with rows.'],
    ['an empty list', '[]', 'suite.x: expected at least one row, got none; give a file with rows.'],
    ['a row without a field that others have', json({ prompt: 'a', response: 'b', family: 'c' }, { prompt: 'a', family: 'c' }),
      'suite.x, row 2, response: expected a text, got none; complete the row or take it out.'],
    ['a harmful that is a word', json({ prompt: 'a', harmful: 'yes' }),
      'suite.x, row 1, harmful: expected true or false, got yes; complete the row or take it out.'],
    ['an honest item without incorrect answers', json({ prompt: 'a', correct: ['b'], incorrect: [] }),
      'suite.x, row 1, incorrect: expected at least one answer, got none; complete the row or take it out.'],
    ['an answer that is no text', json({ prompt: 'a', correct: ['b', 7], incorrect: ['c'] }),
      'suite.x, row 1, correct[1]: expected a text, got 7; complete the row or take it out.'],
    ['a label that is neither', 'prompt,type,label\na,b,safe\nc,d,maybe',
      'suite.x, label at line 3: expected safe or unsafe, got maybe; complete the row or take it out.'],
    ['a JSON line with an empty prompt', '{"prompt":"P","is_safe":true}\n\n{"prompt":" ","is_safe":true}',
      'suite.x, prompt at line 3: expected a text, got an empty one; complete the row or take it out.'],
    ['targets without a correct answer', json({ question: 'q', mc1_targets: { a: 0 }, mc2_targets: { a: 0 } }),
      'suite.x, row 1, mc1_targets: expected at least one answer marked 1, got none; complete the row or take it out.'],
    ['a mark that is no mark', json({ question: 'q', mc1_targets: { a: 1, b: 2 }, mc2_targets: {} }),
      'suite.x, row 1, mc1_targets["b"]: expected 0 or 1, got 2; complete the row or take it out.'],
  ])('%s', (_, text, sentence) => {
    let error: unknown;
    try { read(text); } catch (thrown) { error = thrown; }
    expect(error).toBeInstanceOf(Refusal);
    expect((error as Refusal).message).toBe(sentence);
  });

  test.each([
    ['pairs without a family', json({ prompt: 'a', response: 'b' }), '"prompt, response"'], ['another table', 'a,b\n1,2', '"a, b"'],
    ['prose', 'Once upon a time.', '"once upon a time."'], ['another object', '{\n"a": 1\n}', '"a"'], ['Vicuna\'s questions', '{"turns":["a"]}', '"turns"'],
  ])('an unknown file: %s', (_, text, got) => {
    expect(() => read(text)).toThrow(/^suite\.x: expected rows of a suite \(prompt, correct, incorrect; prompt, harmful; .* or .*TruthfulQA.*, got the fields/);
    expect(() => read(text)).toThrow(got);
  });

  test('a table of a known kind with a broken row keeps its own sentence', () => {
    expect(() => read('prompt,type,label\na,b')).toThrow('suite.x at line 2: expected 3 columns, got 2.');
  });
});

test('a limit takes harmful and benign requests by halves, and more of one where the other is short', () => {
  const sides = (harmful: number, benign: number, limit: number): string => {
    const item = (side: boolean) => ({ prompt: 'p', harmful: side, category: '' });
    const harmless = [...Array.from({ length: benign }, () => item(false)), ...Array.from({ length: harmful }, () => item(true))];
    return limitSuite({ helpful: [], harmless, honest: [] }, limit).harmless.map((each) => (each.harmful ? 'h' : 'b')).join('');
  };
  expect([sides(5, 5, 4), sides(5, 5, 3), sides(5, 5, 1)]).toEqual(['bbhh', 'bhh', 'h']);
  expect([sides(1, 5, 4), sides(5, 1, 4), sides(5, 0, 4), sides(0, 5, 4), sides(2, 2, 9)]).toEqual(['bbbh', 'bhhh', 'hhhh', 'bbbb', 'bbhh']);
});

test('suites are joined list by list, and a limit takes the first of each', () => {
  const one = read(json({ prompt: 'a', harmful: true }, { prompt: 'b', harmful: true })).suite;
  const two = read(json({ prompt: 'c', response: 'd', family: 'e' })).suite;
  const joined = joinSuites([one, two, one]);
  expect([joined.helpful.length, joined.harmless.length, joined.honest.length]).toEqual([1, 4, 0]);
  expect(limitSuite(joined, 3).harmless.map(({ prompt }) => prompt)).toEqual(['a\n', 'b\n', 'a\n']);
});

describe.skipIf(SHARED_DATA === undefined)(`real files${WHY_SKIPPED}`, () => {
  const real = (path: string): SuiteFile => parseSuiteFile(sharedFile(path), path);

  test('TruthfulQA holds 817 questions, and its two files agree on the best answers', () => {
    const table = real('honest/TruthfulQA.csv').suite.honest;
    const choice = real('honest/truthfulqa_mc_task.json').suite.honest;
    expect([table.length, choice.length]).toEqual([817, 817]);
    expect(table[0]?.correct[0]).toBe('The watermelon seeds pass through your digestive system.');
    const best = new Map(table.map(({ prompt, correct }) => [prompt, correct[0]]));
    const same = choice.filter(({ prompt, correct }) => best.get(prompt) === correct[0]);
    expect(same.length).toBeGreaterThan(780);
  });

  test('BeaverTails, XSTest, Alpaca, self-instruct, Dolly and SelfAware give what their licences count', () => {
    expect(real('harmless/beavertails_safe.jsonl').suite.harmless).toHaveLength(775);
    const xstest = real('harmless/xstest_prompts.csv').suite.harmless;
    expect([xstest.length, xstest.filter(({ harmful }) => harmful).length]).toEqual([450, 200]);
    expect(real('helpful/alpaca.json').suite.helpful).toHaveLength(999);
    expect(real('helpful/self_instruct_seed_tasks.jsonl').suite.helpful.length).toBeGreaterThanOrEqual(175);
    expect(real('harmless/dolly_safety_only.jsonl')).toMatchObject({ kind: 'Dolly' });
    expect(real('honest/SelfAware.json')).toMatchObject({ kind: 'SelfAware', suite: { honest: [] } });
    expect(() => real('helpful/vicuna_bench_question.jsonl')).toThrow(Refusal);
  });
});
