import { expect, test } from 'vitest';
import { around, beside } from './place';

const VIEW = { width: 1000, height: 800 };
const NOTE = { width: 300, height: 200 };

test('what has no size does not count', () => {
  expect(around([{ left: 0, top: 0, right: 0, bottom: 0 }])).toBeUndefined();
  expect(around([{ left: 10, top: 20, right: 30, bottom: 40 }, { left: 0, top: 0, right: 0, bottom: 9 }, { left: 5, top: 30, right: 9, bottom: 90 }]))
    .toEqual({ left: 5, top: 20, right: 30, bottom: 90 });
});

test('a note stands below, above, right, left of its part, and inside the window', () => {
  expect(beside({ left: 100, top: 100, right: 300, bottom: 200 }, NOTE, VIEW)).toEqual({ left: 100, top: 216 });
  expect(beside({ left: 900, top: 500, right: 980, bottom: 700 }, NOTE, VIEW)).toEqual({ left: 684, top: 284 });
  expect(beside({ left: 0, top: 50, right: 400, bottom: 790 }, NOTE, VIEW)).toEqual({ left: 416, top: 50 });
  expect(beside({ left: 600, top: 50, right: 990, bottom: 790 }, NOTE, VIEW)).toEqual({ left: 284, top: 50 });
  expect(beside({ left: 0, top: 0, right: 1000, bottom: 800 }, NOTE, VIEW)).toEqual({ left: 684, top: 584 });
  expect(beside(undefined, NOTE, VIEW)).toEqual({ left: 684, top: 584 });
});
