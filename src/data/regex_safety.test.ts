import { expect, test } from 'vitest';
import { regexHazard } from './regex_safety';

test.each([
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
  "(?i:'s|'t)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,3}+| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+|\\s++$|\\s*[\\r\\n]|\\s+(?!\\S)|\\s",
  "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{M}]*[\\p{Ll}\\p{Lo}\\p{M}]+(?i:'s|'t|'re)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s+",
  ' ?[^(\\s|[.,!?…。，、।۔،])]+', '\\d{3}', '(?:ab)+', 'a{2}+b', '\\p{N}', '[+*]+', '\\(a+\\)+',
])('%s, of a kind in use, passes', (pattern) => {
  expect(regexHazard(pattern)).toBeUndefined();
});

test.each([
  '(a+)+$', '(a*)*b', '(a|aa)+$', '(?:a+)*b', '((a+)b?)+c', '(?:a?a?)+b', '(?:a{1,3})+b', '(a+){2,}b', '(a+){20}b', 'a{1,3}+b', 'a+*b',
    'a**b',
  '([a-z]+)*d', '(?<n>a+)+b', '\\s*\\s*\\s*\\s*\\s*x', '(?:(?:a|b)c)+', 'a'.repeat(2001),
])('%s, which may run without end, does not', (pattern) => {
  expect(regexHazard(pattern)).toBeDefined();
});

test('a hundred thousand brackets are answered at once', () => {
  expect(regexHazard('('.repeat(100_000))).toBe('100000 characters');
  expect(regexHazard('(['.repeat(1000))).toBeUndefined();
});
