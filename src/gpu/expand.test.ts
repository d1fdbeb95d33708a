import { expect, test } from 'vitest';
import { expand } from './expand';

const source = [
  'const P: u32 = 2u;',
  'const ODD: u32 = 0u;',
  'for (var i = 0u; i < P; i++) { // unroll',
  '  for (var s = 0u; s < 2; s++) { // unroll',
  '    v[2 * i + s] = sin[i];',
  '  }',
  '}',
  'if (ODD == 1u) { // static',
  '  odd();',
  '}',
  'if (ODD == 0u) { // static',
  '  even();',
  '}',
];

test('a marked loop is written out, inner loops too, and only whole words become literals', () => {
  const text = expand('k', source.join('\n'));
  const lines = ['v[2 * 0u + 0u] = sin[0u];', 'v[2 * 0u + 1u] = sin[0u];', 'v[2 * 1u + 0u] = sin[1u];', 'v[2 * 1u + 1u] = sin[1u];'];
  expect(text.split('\n').map((line) => line.trim()).filter((line) => line.startsWith('v['))).toEqual(lines);
});

test('a marked condition keeps its body or loses it', () => {
  const text = expand('k', source.join('\n'));
  expect(text).toContain('even()');
  expect(text).not.toContain('odd()');
});

test('an unknown bound, an open block and a loop of another form are refused', () => {
  expect(() => expand('k', 'for (var i = 0u; i < N; i++) { // unroll\n}')).toThrow('"N" is no u32 constant');
  expect(() => expand('k', 'for (var i = 0u; i < 2; i++) { // unroll\n  }')).toThrow('no closing brace');
  expect(() => expand('k', 'for (var i = 1u; i < 2; i++) { // unroll\n}')).toThrow('cannot expand');
});
