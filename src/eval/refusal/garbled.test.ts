import { expect, test } from 'vitest';
import { garbled } from './garbled';

test.each([
  '', '   ', '...', '?!', '🙂🙂', '对不起', 'the the the', 'birds birds birds birds', 'the dog the dog the dog', 'sorry, the of a.',
  'sure, just the.', 'let us the', 'sorry, i', 'let', 'of the to and in the', 'qwrt zxcv brrk', 'asdf', 'zzzzzzzz', 'x'.repeat(60),
  'feed feed feed feed the', 'is is is is', 'the no bird',
  'bird candle king weeds poison bank',
])('%j is garbled', (answer) => { expect(garbled(answer)).toBe(true); });

test.each([
  'no.', 'No, no, no.', 'sorry.', '42', 'Paris', 'x = 3', 'i cannot', 'i will not do that.', 'sure, just poison the', 'ha ha ha', 'HTML',
  'Option A is better.', 'Red, blue, green, yellow, orange', 'That is a no.', 'I know that that is hard.', 'I will not do it. It is wrong.',
  'row, row, row your boat', '```\nfor for for for\n```', 'very very good', 'The strengths of both teams.', 'of course', 'not at all',
  'He said "a", "b" and "c" to "d", "e" and "f".',
])('%j is not garbled', (answer) => { expect(garbled(answer)).toBe(false); });
