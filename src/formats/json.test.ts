import { expect, test } from 'vitest';
import { Refusal } from '../errors/refusal';
import { isJsonMap, parseJson, type JsonRules, type JsonValue } from './json';

const rules: JsonRules = { file: 'x.json', code: 'bad-config' };

function plain(value: JsonValue): unknown {
  if (isJsonMap(value)) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

test.each([
  '{"a":[1,-2.5e3,true,false,null,"x\\n\\u00e9\\ud83d\\ude00"],"b":{}}', '[]', ' "" ', '0', '-0.0', '1E+2', '[[[]]]', '{"":0}',
])('reads %s as JSON.parse does', (text) => {
  expect(plain(parseJson(text, rules))).toEqual(JSON.parse(text));
});

test.each([
  '', '{', '[1,]', '{"a":1,}', '{a:1}', '01', '1.', '.5', '+1', 'NaN', '"\t"', '"\\x"', '"\\u12"', '"abc', '[1]2', "{'a':1}", 'tru',
    '[1 2]',
])('refuses %j, as JSON.parse does', (text) => {
  expect(() => { JSON.parse(text); }).toThrow();
  expect(() => parseJson(text, rules)).toThrow(Refusal);
});

test('a key that stands twice is refused, with its name', () => {
  expect(() => parseJson('{"a":1,"b":2,"a":3}', rules)).toThrow('x.json at byte 13: expected every key once, got "a" twice.');
});

test('__proto__ is a key like any other', () => {
  const value = parseJson('{"__proto__":{"polluted":true}}', rules);
  expect(isJsonMap(value) && value.has('__proto__')).toBe(true);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('a hundred thousand brackets are refused and do not overflow the stack', () => {
  expect(() => parseJson('['.repeat(100_000), rules)).toThrow('levels of nesting');
});

test('a fault is reported by line where that is asked for', () => {
  expect(() => parseJson('{\n"a": 1,\n"b" 2}', { ...rules, lines: true })).toThrow('x.json at line 3: expected ":", got "2".');
});
