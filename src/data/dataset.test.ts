import { describe, expect, test } from 'vitest';
import { Refusal } from '../errors/refusal';
import { SHARED_DATA, sharedFile, WHY_SKIPPED } from '../testing/shared_data';
import { parseDataset, type Dataset } from './dataset';
import { promptText } from './prompt';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const parse = (text: string): Dataset => parseDataset(bytes(text), 'data.x', 'plain');
const pairs = (text: string): (readonly [string, string, number])[] =>
  parse(text).rows.map(({ prompt, response, line }) => [prompt, response, line]);

describe('read by their content, whatever the file is called:', () => {
  test.each<[string, string, (readonly [string, string, number])[]]>([
    ['Alpaca JSON', '[{"instruction":"Add.","input":"1 2","output":"3"},\n{"instruction":"Hi","input":"","output":"Ho"}]',
      [['Add.\n1 2\n', '3', 1], ['Hi\n', 'Ho', 2]]],
    ['Alpaca without input', '[{"instruction":"Hi","output":"Ho"}]', [['Hi\n', 'Ho', 1]]],
    ['BeaverTails JSONL', '{"prompt":"P","response":"R","is_safe":true,"category":{"a":false}}', [['P\n', 'R', 1]]],
    ['instruction, context, response', '{"instruction":"I","context":"C","response":"R"}', [['I\nC\n', 'R', 1]]],
    ['prompt and completion', '{"prompt":"P","completion":"R"}', [['P\n', 'R', 1]]],
    ['TruthfulQA CSV with BOM', '\uFEFFType,Question,Best Answer,Source\r\nA,"Is it, now?","No ""it"" is not",http',
      [['Is it, now?\n', 'No "it" is not', 2]]],
    ['a table with tabs', 'prompt\tresponse\nP, Q\tR', [['P, Q\n', 'R', 2]]],
    ['a table with semicolons', 'Question;Answer\nP, Q;R', [['P, Q\n', 'R', 2]]],
    ['a table with line breaks in cells', 'prompt,response\n"a\nb",c\n\nd,"e\n\nf"\ng,h\n',
      [['a\nb\n', 'c', 2], ['d\n', 'e\n\nf', 5], ['g\n', 'h', 8]]],
    ['JSONL with blank lines and CRLF', '\r\n{"prompt":"P","response":"R"}\r\n\r\n{"prompt":"Q","response":"S"}\r\n',
      [['P\n', 'R', 2], ['Q\n', 'S', 4]]],
    ['space around texts', '{"prompt":"  P ","response":"\\n R\\n"}', [['P\n', 'R', 1]]],
  ])('%s', (_, text, rows) => {
    expect(pairs(text)).toEqual(rows);
  });

  test('rows marked unsafe are left out and counted, in JSON and in tables', () => {
    expect(parse('{"prompt":"P","response":"R","is_safe":false}\n{"prompt":"Q","response":"S","is_safe":true}')).toMatchObject({ unsafe: 1,
      rows: [{ line: 2 }] });
    expect(parse('prompt,response,is_safe\nP,R,False\nQ,S,True')).toMatchObject({ unsafe: 1, rows: [{ line: 3 }] });
  });
});

describe('refused with one sentence:', () => {
  test.each<[string, string | Uint8Array, string, string]>([
    ['nothing', '', 'empty-dataset', 'data.x: expected at least one row, got an empty file'],
    ['blank lines', '\n \n', 'empty-dataset', 'an empty file'],
    ['an empty list', '[]', 'empty-dataset', 'data.x: expected at least one row, got none'],
    ['a header alone', 'prompt,response\n', 'empty-dataset', 'got none'],
    ['rows that are all unsafe', '{"prompt":"P","response":"R","is_safe":false}', 'empty-dataset', '1 rows, all marked unsafe'],
    ['a JSON row without response', '[{"instruction":"a","output":"b"},{"instruction":"c"}]', 'bad-dataset',
      'data.x, row 2, output: expected a text, got none; complete'],
    ['a JSONL row without response', '{"prompt":"P","response":"R"}\n\n{"prompt":"Q"}', 'bad-dataset',
      'data.x, response at line 3: expected a text, got none'],
    ['a blank response', '{"prompt":"P","response":" \\n"}', 'bad-dataset',
      'data.x, response at line 1: expected a text, got an empty one'],
    ['an empty cell', 'prompt,response\n"a\nb",c\nd,', 'bad-dataset', 'data.x, response at line 4: expected a text, got an empty one'],
    ['a response that is null', '{"prompt":"P","response":null}', 'bad-dataset', 'response at line 1'],
    ['a response that is a list', '{"prompt":"P","response":["R"]}', 'bad-dataset', 'expected a text, got a list or object'],
    ['a row without a request', '[{"instruction":"","output":"b"}]', 'bad-dataset',
      'row 1, instruction: expected a text, got an empty one'],
    ['unknown columns', '{"text":"P"}', 'bad-dataset', 'at line 1: expected a request (instruction, prompt or question) and a response'],
    ['an unknown table', 'a,b\n1,2', 'bad-dataset', 'data.x at line 1: expected JSON, JSON lines, or a header'],
    ['plain prose', 'Once upon a time.\nThe end.', 'bad-dataset', 'data.x at line 1'],
    ['an unclosed quote', 'prompt,response\na,b\nc,"d\ne,f\n', 'bad-dataset',
      'data.x at line 3: expected cells with closed quotes, got a quote that is never closed'],
    ['a quote in a quoted cell', 'prompt,response\na,"b"c"\n', 'bad-dataset', 'data.x at line 2: expected cells with closed quotes'],
    ['a cell too few', 'prompt,response\na,b\nc\n', 'bad-dataset', 'data.x at line 3: expected 2 columns, got 1'],
    ['a cell too many', 'prompt,response\na,b,c\n', 'bad-dataset', 'data.x at line 2: expected 2 columns, got 3'],
    ['JSON cut short', '[{"instruction":"a",\n"output":"b"},\n{"instr', 'bad-dataset',
      'data.x at line 3: expected a closing quote, got the end of the text'],
    ['JSONL cut short', '{"prompt":"P","response":"R"}\n{"prompt":', 'bad-dataset',
      'data.x at line 2: expected a JSON value, got the end of the text'],
    ['one object over lines', '{\n"prompt":"P","response":"R"}', 'bad-dataset', 'expected one JSON object a line, or a JSON list of them'],
    ['a number among the lines', '{"prompt":"P","response":"R"}\n5', 'bad-dataset', 'line 2: expected a JSON object'],
    ['is_safe that is neither', '{"prompt":"P","response":"R","is_safe":"maybe"}', 'bad-dataset',
      'is_safe at line 1: expected true or false, got "maybe"'],
    ['UTF-16 with its mark', Uint8Array.of(0xff, 0xfe, 0x5b, 0), 'bad-dataset',
      'data.x: expected UTF-8 text, got UTF-16; save it as UTF-8'],
    ['UTF-16 without', Uint8Array.of(0x5b, 0, 0x5d, 0), 'bad-dataset', 'data.x at line 1: expected UTF-8 text, got a zero byte'],
    ['Latin-1', Uint8Array.of(0x61, 0x0a, 0x62, 0x0a, 0xe9, 0x0a), 'bad-dataset',
      'data.x at line 3: expected UTF-8 text, got bytes that are not UTF-8'],
    ['a gzip archive', Uint8Array.of(0x1f, 0x8b, 8, 0), 'bad-dataset', 'got a gzip archive; unpack it first'],
    ['Parquet', bytes('PAR1xxxx'), 'bad-dataset', 'got a Parquet file; convert it to JSONL first'],
  ])('%s', (_, data, code, sentence) => {
    const read = (): Dataset => parseDataset(typeof data === 'string' ? bytes(data) : data, 'data.x');
    expect(read).toThrow(Refusal);
    expect(read).toThrow(expect.objectContaining({ code, message: expect.stringContaining(sentence) as string }));
  });

  test('a response called __proto__ pollutes nothing', () => {
    expect(() => parse('{"__proto__":{"response":"R"},"prompt":"P"}')).toThrow('response at line 1');
  });
});

test('the Alpaca template has a form with input and one without', () => {
  expect(promptText({ instruction: 'Do.' },
    'alpaca')).toMatch(/^Below is .* task\. Write .*\n\n### Instruction:\nDo\.\n\n### Response:\n$/);
  expect(promptText({ instruction: 'Do.', input: 'this' },
    'alpaca')).toMatch(/further context.*\n\n### Instruction:\nDo\.\n\n### Input:\nthis\n\n### Response:\n$/);
});

describe.skipIf(SHARED_DATA === undefined)(`published datasets${WHY_SKIPPED}`, () => {
  test.each([
    ['helpful/alpaca.json', 'json', 999], ['harmless/beavertails_safe.jsonl', 'jsonl', 834],
      ['harmless/dolly_safety_only.jsonl', 'jsonl', 387],
    ['honest/TruthfulQA.csv', 'csv', 817],
  ])('%s is read as %s with %d rows', (path, format, rows) => {
    const dataset = parseDataset(sharedFile(path), path);
    expect([dataset.format, dataset.rows.length, dataset.unsafe]).toEqual([format, rows, 0]);
  });

  test('the first TruthfulQA row asks about watermelon seeds', () => {
    const [row] = parseDataset(sharedFile('honest/TruthfulQA.csv'), 'TruthfulQA.csv', 'plain').rows;
    expect(row).toEqual({
      prompt: 'What happens to you if you eat watermelon seeds?\n', response: 'The watermelon seeds pass through your digestive system',
        line: 2,
    });
  });
});
