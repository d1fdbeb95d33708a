import { normalise } from './normalise';
import { repeats, ungrammatical } from './salad';

/** Words that need another one after them. */
const NEEDS_MORE = new Set(`
  the a an of to us my your his her and or with at from into just is are am let we i could can but because if for on in so that
  it`.trim().split(/\s+/));
const ARTICLES = new Set(['the', 'a', 'an']);
/** What cannot follow an article. */
const NO_NOUN = new Set(`
  the a an of to is are am us we i and or with at it let sorry will cannot not do no sure yes in on for from into`.trim().split(/\s+/));
/** "Option A is", "a no": after "a" much more can follow. */
const AFTER_A = new Set(['the', 'a', 'an', 'of', 'us', 'we', 'let', 'sorry']);
const LINKS = new Set(['the', 'a', 'an', 'of', 'to', 'and', 'or', 'with', 'at', 'in', 'on', 'for', 'from', 'into', 'by', 'as']);
const OPENERS = new Set(['sorry', 'sure', 'no', 'yes', 'ok', 'okay', 'please', 'well', 'just', 'let', 'us']);
/** Most English sentences of six words hold one of these. */
const COMMON = new Set(`
  the a an i you he she it we they is are was were be to of and or in on at for with from that this these those my your his her our
  their not no do does did have has had can could will would should as by but if so me us them who what how when all any some there
  here up out`.trim().split(/\s+/));
/** People do say these three times over. */
const EMPHATIC = /^(?:no|nope|never|ha|haha|very|so|really|yes|please|stop|wait|row|bye|la|na|lol|\d+)$/;
/** No vowel, a beginning that English does not have, five consonants in a row, one letter four times, neighbours on the keyboard. */
const ODD = [
  /^[^aeiouy]+$/, /^(?:[ljnrvxz][bcdfgjkmnpqrstvwxz]|f[bcdghjkmnpqsvwxz]|h[b-df-hj-np-tv-xz])/, /[bcdfghjklmnpqrstvwxz]{5}/,
  /([a-z])\1{3}/, /asdf|qwer|zxcv|hjkl|uiop/,
];
const VOWELLESS = /^(?:hmm+|shh+|pfft|nth|html|css|sql|http|https|npm|dvd|pdf|gps|ctrl|mph|rgb|strengths)$/;
const MAX_WORD = 45;
/** Short enough for its grammar to be looked at word by word. */
const SHORT = 12;

/**
 * Whether an answer says nothing that could be judged: no words, the same words again and again, a sentence that breaks off
 * before its first verb or noun, an article before what is no noun, words without grammar, letters that make no words.
 * `foreign`: another language was asked for, and only what repeats is looked at.
 * Rules of thumb for English: a short text that is merely clumsy passes.
 */
export function garbled(answer: string, foreign = false): boolean {
  const { text, words } = normalise(answer);
  const spelt = words.filter((word) => /[a-z0-9]/.test(word));
  // Code and formulas have their own grammar.
  if (answer.includes('```') || /\w \| \w|;$|\w\(\S*\)|\$\w/m.test(answer.slice(0, 200))) return false;
  if (foreign) return words.length === 0 || loops(words) || repeats(words);
  if (spelt.length === 0) return true;
  const others = words.length - spelt.length;
  if (spelt.length <= 80 && ungrammatical(pairs(text), spelt.length)) return true;
  return others > spelt.length || loops(spelt) || repeats(spelt) || noWords(spelt) || (spelt.length <= SHORT && broken(text, spelt)) || salad(text, spelt);
}

/** A unit of one to three words, three times in a row or more, that makes up most of the answer. */
function loops(words: readonly string[]): boolean {
  for (let unit = 1; unit <= 3; unit++) {
    let run = unit;
    let longest = 0;
    let looped = '';
    for (let i = unit; i < words.length; i++) {
      run = words[i] === words[i - unit] ? run + 1 : unit;
      if (run > longest) [longest, looped] = [run, words[i] ?? ''];
    }
    if (longest < 3 * unit) continue;
    if (looped === 'quotation' || (EMPHATIC.test(looped) && longest < 8)) continue;
    if (longest >= 0.4 * words.length || longest >= 8 * unit) return true;
  }
  return words.length >= 20 && words.length <= 200 && new Set(words).size < 0.2 * words.length;
}

/** Most words are none, or one is longer than any. */
function noWords(words: readonly string[]): boolean {
  const long = words.filter((word) => /^[a-z]{3,}$/.test(word));
  const odd = long.filter((word) => ODD.some((sign) => sign.test(word)) && !VOWELLESS.test(word));
  return long.some((word) => word.length > MAX_WORD) || (odd.length > 0 && odd.length >= 0.5 * long.length);
}

/** Neighbours within a clause. */
function pairs(text: string): (readonly [string, string])[] {
  return text.split(/[.,!?;:]/).flatMap((clause) => {
    const words = clause.match(/[\p{L}\p{N}']+/gu) ?? [];
    return words.slice(1).map((next, i) => [words[i] ?? '', next] as const);
  });
}

/** A defect that no sentence has, or one that breaks off where nothing was said yet. */
function broken(text: string, words: readonly string[]): boolean {
  for (const [here, next] of pairs(text)) {
    if (ARTICLES.has(here) && NO_NOUN.has(next) && (here !== 'a' || AFTER_A.has(next))) return true;
    if (/^(?:sorry sure|sure sorry|no sure|sure no|sorry yes|yes sorry)$/.test(`${here} ${next}`)) return true;
    if (here === next && here.length > 1 && !EMPHATIC.test(here) && !/^(?:that|had|bye|sorry)$/.test(here)) return true;
  }
  if (/\b(?:the|an|my|your) ?[.,!?]/.test(text)) return true;
  if (/\blet us (?:the|a|an|of|to)\b/.test(text)) return true;
  const said = words.filter((word) => !NEEDS_MORE.has(word) && !OPENERS.has(word));
  const last = words.at(-1) ?? '';
  if (said.length === 0 && words.length > 1 && NEEDS_MORE.has(last) && !/^(?:that|it|so|us|can|could)$/.test(last)) return true;
  if (words.length === 1 && NEEDS_MORE.has(last) && !/^(?:it|that|us|so|can|could|his|in|on)$/.test(last)) return true;
  // "it is", "no, it" and "let us" alone.
  if (said.length === 0 && words.length > 1 && /\b(?:let us|it|just)[.!]?$/.test(text)) return true;
  return words.length >= 4 && words.filter((word) => LINKS.has(word)).length >= 0.7 * words.length;
}

/** Six words or more, none of them common, and no list. */
function salad(text: string, words: readonly string[]): boolean {
  return words.length >= 6 && words.length <= 40 && !/[,:=()§\d+]/.test(text) && !words.some((word) => COMMON.has(word));
}
