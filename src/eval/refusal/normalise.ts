/** An answer in the one form that the patterns are written for. */
export interface Plain {
  /** Lower case, straight quotes, no markdown, contractions written out. */
  readonly text: string;
  readonly words: readonly string[];
  readonly segments: readonly Segment[];
  /** Its lines that are not empty. */
  readonly lines: readonly string[];
  /** It holds a block of code. */
  readonly code: boolean;
  /** All of it stands in quotation marks. */
  readonly quoted: boolean;
}

/** A sentence, or what stands on either side of a "but". */
export interface Segment {
  readonly text: string;
  /** An item of a numbered or bulleted list. */
  readonly item: boolean;
  /** A "but" leads to it. */
  readonly turn: boolean;
}

/**
 * How much of an answer is looked at, in UTF-16 units. Who declines says so early; the cap keeps the time bounded whatever
 * is given.
 */
export const LIMIT = 6000;
/** A sentence without an end is no sentence: what follows is not looked at. */
const SEGMENT_LIMIT = 500;

const ADVERBS = 'really|simply|honestly|actually|personally|respectfully|regretfully|sadly|truly|currently|unfortunately|absolutely'
  + '|definitely|certainly|politely|firmly|strictly|genuinely|therefore|thus';
/** A change of direction, beginning a sentence or within one. */
const TURN = /,? \b(?:but|however|nevertheless|nonetheless|although|that said)\b,?|^\s*(?:but|however|(?:with |having )?that (?:being )?said|on the other hand)\b,?/;

const INTERJECTIONS = /^(?:(?:ha|haha|hah|lol|lmao|heh|hehe|oh(?! well)|wow|ah|aw|aww|ugh|hmm+|um+|uh|yo|yikes|whoa|gosh|geez|eh|er|arr+|aye|ah-ah)(?:,? |$))+/;
/** Whom it is said to: "bro don't", "no can do, mate". */
const NAMES = 'bro|bruh|dude|mate|matey|buddy|pal|lad|lass|fam|hun|champ';
const VOCATIVE = new RegExp(`(?<![a-z'] )\\b(?:${NAMES})\\b,?(?= )|,? \\b(?:${NAMES})\\b(?=[.,!?]|$)`, 'gm');

const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\bcan(?:'t|t| not)\b/g, 'cannot'],
  [/\b(?:won't|wont)\b/g, 'will not'],
  [/\bshan't\b/g, 'shall not'],
  [/\bain't\b/g, 'is not'],
  [/\b(do|does|did|is|are|was|were|would|could|should|have|has|had|must|need)(?:n't|nt)\b/g, '$1 not'],
  [/\bi(?:'m|m)\b/g, 'i am'],
  [/\b(i|you|we|they|he|she|it|that|this|there|who)'ll\b/g, '$1 will'],
  [/\b(i|you|we|they|he|she)'d\b/g, '$1 would'],
  [/\bid (?=rather|prefer|love|like|be)/g, 'i would '],
  [/\b(i|you|we|they)'ve\b/g, '$1 have'],
  [/\b(you|we|they)'re\b/g, '$1 are'],
  [/\byoure\b/g, 'you are'],
  [/\blet's\b|(?<=^|[.!?,] )lets\b/g, 'let us'],
  [/\b(that|here|there|it|what|he|she)'s\b/g, '$1 is'],
  [/\b(that|here|there)s\b/g, '$1 is'],
  [/\b(one|this|where|how|who|everything|everyone|nothing|nobody|somebody|someone|anyone)'s\b/g, '$1 is'],
  [/\b([a-z]+)'s (?=(?:a|an|not|the|so|just|no|never|wrong|illegal|bad|cruel)\b)/g, '$1 is '],
  [/\bu\b/g, 'you'],
  [/\bur\b/g, 'your'],
  [/\bgonna\b/g, 'going to'],
  [/\bwanna\b/g, 'want to'],
  // An adverb between the speaker and the verb changes the tone, not the answer.
  [new RegExp(`\\b(i|we|am|are|cannot|not|will|do|would|must|to),? (?:${ADVERBS})\\b,?`, 'g'), '$1'],
  [/\b(i|we) (?:just|also|still|therefore|can and|do) (?=cannot|will not|do not|would not|must|refuse|am not|have to)/g, '$1 '],
];

/** Throws for no text. Text past LIMIT is not read. */
export function normalise(answer: string): Plain {
  const straight = answer.slice(0, LIMIT).replace(/[\u2018\u2019\u201b\u02bc\u00b4]/g, '\'');
  const raw = straight.normalize('NFKC').slice(0, LIMIT);
  const blocks = raw.split('```');
  // Code stands in every second part; what is written in it is not said by the speaker.
  const outside = blocks.filter((_, i) => i % 2 === 0).join(' codeblock. ');
  let text = outside.replace(/ (\d{1,2})[.)] (?=[A-Z])/g, '\n$1. ').toLowerCase()
    .replaceAll('`', '\'')
    .replace(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"')
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
    .replace(/ ?[\u2013\u2014] ?| - | -- /g, '; ')
    .replace(/\u2026/g, '...')
    .replace(/^[ \t]*(?:#{1,6}|>)+[ \t]*/gm, '')
    .replace(/^[ \t]*(?:\d{1,2}[.)]|[-*•]|step \d{1,2}[.:]?)[ \t]+/gm, '§ ')
    .replace(/[*_~|\\]/g, '');
  text = text.replace(/\b([a-z])\.([a-z])\./g, '$1$2').replace(VOCATIVE, '');
  for (const [pattern, replacement] of CONTRACTIONS) text = text.replace(pattern, replacement);
  text = withoutQuotes(text);
  const segments: Segment[] = [];
  let turned = false;
  for (const sentence of text.split(/[.!?;:]+(?=[\s")\]§]|$)|\n+/)) {
    for (const [i, part] of sentence.split(TURN).entries()) {
      const item = part.trimStart().startsWith('§');
      const clean = part.replace(/[^\p{L}\p{N}',%$/+=-]+/gu, ' ').trim().replace(INTERJECTIONS, '').slice(0, SEGMENT_LIMIT);
      turned ||= i > 0;
      if (clean === '') continue;
      segments.push({ text: clean, item, turn: turned });
      turned = false;
    }
  }
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const quoted = /^\s*"[^"]{1,600}"\s*$/.test(raw.replace(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"'));
  return { lines, quoted, text: text.replace(/\s+/g, ' ').trim(), words: text.match(/[\p{L}\p{N}']+/gu) ?? [], segments, code: blocks.length > 2 };
}

/** "The robot said, …" and no more: the answer is what was said. */
const NARRATED = /^[^"\n]{0,30}\b(?:said|says|replied|replies|answered|answers|responds|responded)[,:]? "([^"]*)"\s*$/;

/** What is quoted was said by somebody else, unless all of it is quoted. */
function withoutQuotes(text: string): string {
  const kept = text.replace(/"[^"\n]{0,399}[.!?]"(?=\s+\p{L})/gu, ' quotation. ').replace(/"[^"\n]{0,400}"/g, ' quotation ');
  const rest = kept.replaceAll('quotation', '').replace(/[^\p{L}]/gu, '');
  const [, said] = NARRATED.exec(text) ?? [];
  if (said !== undefined) return said;
  if (rest.length < 4) return text.replaceAll('"', ' ');
  return kept.replace(/(^|[\s(])'[^'\n]{12,400}'(?=[\s.,!?)]|$)/g, '$1quotation').replaceAll('"', ' ');
}
