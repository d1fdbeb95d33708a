import { expect, test } from 'vitest';
import { wide } from './wide';

const spec = { name: 'op', source: 'alias Wide = f32;\nconst WIDTH: u32 = 1u;' };

test('a kernel is widened only where rows are a multiple of four', () => {
  expect(wide(spec, 37)).toEqual({ spec, width: 1 });
  const { spec: widened, width } = wide(spec, 96);
  expect([widened.source.split('\n')[0], widened.constants, width]).toEqual(['alias Wide = vec4f;', { WIDTH: 4 }, 4]);
});

test('a kernel without the alias is refused by name', () => {
  expect(() => wide({ name: 'op', source: '' }, 4)).toThrow('kernel op: "alias Wide = f32;" is not declared');
});
