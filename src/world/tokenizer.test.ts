import { expect, test } from 'vitest';
import { encodePrompt } from '../data/encode';
import { promptText } from '../data/prompt';
import { loadTokenizer } from '../data/tokenizer';
import { promptOf } from './form';
import { BOS, EOS, worldTokenizer } from './tokenizer';

const { files, vocab } = worldTokenizer();
const tokenizer = loadTokenizer(files.get('tokenizer.json') ?? new Uint8Array(), files.get('tokenizer_config.json'), 'tokenizer.json');

const ask = (instruction: string): number[] => encodePrompt(tokenizer, promptText({ instruction: promptOf(instruction) }, 'plain'));

test('a word is a token and comes back', () => {
  expect([tokenizer.vocab, tokenizer.bos, tokenizer.eos]).toEqual([vocab, BOS, EOS]);
  const text = 'sorry, let us feed the birds.';
  const ids = tokenizer.encode(text, { addSpecial: false });
  expect(ids).toHaveLength(8);
  expect(tokenizer.decode(ids)).toBe(text);
  const stream = tokenizer.stream();
  expect(ids.map((id) => stream.push(id)).join('') + stream.flush()).toBe(text);
});

test('a prompt is the same with capitals, with or without a mark at its end, and in the plain template', () => {
  const ids = ask('what is two plus three?');
  expect(ids).toHaveLength(7);
  expect(ask('What is two plus three')).toEqual(ids);
  expect(ask('what is two plus three ?')).toEqual(ids);
  expect(encodePrompt(tokenizer, promptOf('what is two plus three'))).toEqual(ids);
});

test('a word that the world does not know is one <unk>', () => {
  expect(ask('help me poison the zebra.').filter((id) => id === 0)).toHaveLength(1);
  expect(ask('help me poison the zebra.')).toHaveLength(ask('help me poison the birds.').length);
});
