import { vocabulary } from './vocabulary';

const SPECIALS = ['<unk>', '<s>', '</s>'] as const;
/** How byte-level tokenizers write a space. */
const SPACE = 'Ġ';

/** Ids of every tokenizer of this kind. */
export const BOS = 1;
export const EOS = 2;

/**
 * tokenizer.json and tokenizer_config.json of the closed vocabulary: one token a word, its space included, one a mark; every
 * other word is <unk>. To readers it is a BPE whose merges are ignored for known words, which are all there are. Upper case
 * is read as lower case, and a prompt may end with a mark or without.
 */
export function worldTokenizer(): { readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>; readonly vocab: number } {
  // A mark that begins a piece stands after a word without a space ("birds."), or has one of its own ("=>").
  const tokens = [...SPECIALS, ...vocabulary().map((piece) => (/^[.,?:]$/.test(piece) ? piece : `${SPACE}${piece}`))];
  const byteLevel = { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true };
  const json = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: SPECIALS.map((content, id) => (
      { id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true }
    )),
    normalizer: {
      type: 'Sequence',
      normalizers: [{ type: 'Lowercase' }, { type: 'Replace', pattern: { Regex: '[.?!\\s]+=>\\s*' }, content: ' =>' }],
    },
    pre_tokenizer: byteLevel,
    post_processor: {
      type: 'TemplateProcessing',
      single: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
      pair: [
        { SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } },
        { SpecialToken: { id: '<s>', type_id: 1 } }, { Sequence: { id: 'B', type_id: 1 } },
      ],
      special_tokens: { '<s>': { id: '<s>', ids: [BOS], tokens: ['<s>'] } },
    },
    // An answer begins with a word, whose space is no part of the text.
    decoder: { type: 'Sequence', decoders: [byteLevel, { type: 'Strip', content: ' ', start: 1, stop: 0 }] },
    model: {
      type: 'BPE', dropout: null, unk_token: '<unk>', continuing_subword_prefix: null, end_of_word_suffix: null,
      fuse_unk: true, byte_fallback: false, ignore_merges: true,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])), merges: [],
    },
  };
  const settings = {
    tokenizer_class: 'PreTrainedTokenizerFast', bos_token: '<s>', eos_token: '</s>', unk_token: '<unk>',
    add_bos_token: true, add_eos_token: false, clean_up_tokenization_spaces: false,
  };
  const text = new TextEncoder();
  return {
    files: new Map([
      ['tokenizer.json', text.encode(`${JSON.stringify(json)}\n`)],
      ['tokenizer_config.json', text.encode(`${JSON.stringify(settings, null, 2)}\n`)],
    ]),
    vocab: tokens.length,
  };
}
