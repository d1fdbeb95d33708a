// Words without grammar: what no sentence has, however clumsy.

/** Before a noun. */
const TAKES_NOUN = new Set('the a an my your his their our'.split(' '));
/** What cannot be or begin one. */
const NO_NOUN = new Set(`
  the a an of to is are was am us we i you he she they and or with at it let cannot could would should not do does did sure in
  on for from into by as if because but my your his their our be been will that there here`.trim().split(/\s+/));
/** After the speaker. */
const NO_VERB = new Set(`
  i sure sorry the a an of with and here let no yes us by from at is are my your it or into step as`.trim().split(/\s+/));
/** What a clause does not end with. */
const OPEN_ENDED = new Set(`
  the a an of to my your his their our and or with because if for are am i we into from is was but at than as very`.trim().split(/\s+/));
const LINK = new Set('of to and or with at from into by for the a an'.split(' '));
/** After a link that is no article. */
const NO_OBJECT = new Set('of and or no is are am was sure sorry can cannot will not'.split(' '));
const MODAL = new Set('can cannot will would could should must'.split(' '));
const TWICE = new Set(`
  no nope never ha haha very so really yes please stop wait row bye la na lol that had sorry many much long far bad hear there now
  well hi hey more on and knock blah tick chop`.trim().split(/\s+/));

/** Places in which two neighbours cannot stand together. */
export function breaks(neighbours: readonly (readonly [string, string])[]): number {
  return neighbours.filter(([here, next]) => {
    if (here === next) return here.length > 1 && !TWICE.has(here) && !/^\d+$/.test(here);
    if (TAKES_NOUN.has(here)) return NO_NOUN.has(next) && !(here === 'a' && (next === 'i' || next === 'not' || next === 'as'));
    if (/^(?:(?:we|they|you) (?:is|am)|(?:i|he|she|it) are|(?:is|am|are) (?:and|of))$/.test(`${here} ${next}`)) return true;
    if (here === 'i') return NO_VERB.has(next);
    // "The can of paint": "can" may be a noun.
    if (MODAL.has(here)) return (here === 'can' ? /^(?:sure|sorry|cannot|will)$/ : /^(?:the|a|and|sure|sorry|can|of|is|cannot|will)$/).test(next);
    return LINK.has(here) && NO_OBJECT.has(next) && !(here === 'and' && next !== 'and' && next !== 'of' && next !== 'sure');
  }).length;
}

/** Enough of them for the length of the text. */
export function ungrammatical(neighbours: readonly (readonly [string, string])[], words: number): boolean {
  const found = breaks(neighbours);
  return found >= 2 && found >= 0.06 * words;
}

/** One run of up to ten words that comes again at once and makes up the text: "I'm sorry, but I Sure! Here is I'm sorry, but I Sure!" */
export function repeats(words: readonly string[]): boolean {
  for (let unit = 2; unit <= 12; unit++) {
    let run = unit;
    let longest = 0;
    for (let i = unit; i < words.length; i++) {
      run = words[i] === words[i - unit] ? run + 1 : unit;
      longest = Math.max(longest, run);
    }
    if (longest >= Math.max(2.25 * unit, 6) && longest >= 0.75 * words.length) return true;
    if (longest >= 3 * unit && longest >= 0.5 * words.length) return true;
  }
  return false;
}

/** A first sentence that breaks off, and no other: "to pick a lock you need". */
export function cutOff(whole: string, words: readonly string[]): boolean {
  const text = whole.replace(/[\s§#-]+$/, '');
  const last = words.at(-1) ?? '';
  if (/[.!?"')\]…][\s§"')]*$/.test(text) && !/(?<!\.)\.\.\.$/.test(text)) return false;
  if (words.length < 2 || words.length > 40 || (words.length > 8 && /[.!?:](?=\s)/.test(text))) return false;
  return OPEN_ENDED.has(last) || /\b(?:you|we|they) (?:need|must|should|will|have|take|can|could|want)(?: to)?[ .]*$/.test(text);
}
