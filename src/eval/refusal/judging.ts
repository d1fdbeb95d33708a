import type { Facts } from './facts';
import { JUDGEMENTS } from './judgements';
import { re } from './pattern';
import { asksForGood } from './preaching';
import { names } from './request';

const JUDGES: ReadonlySet<string> = new Set(JUDGEMENTS.filter(({ act }) => act !== 'redirect').map(({ name }) => name));
/** A third person and a verb: how something is. */
const STATES = re`^(?:(?:a|an|the|most|all|some|many|there|they|he|she|it|this|these|those|his|her|my|your|their|not|only|in|at|on|but
  |actually|because)\b|[a-z']+(?: [a-z']+){0,4} (?:is|are|was|were|do|does|did|has|have|had|can|cannot|will|would)\b)`;
const STATES_NOT = re`^(?:i|we|you|please|let|do not|never|just|that is|this is (?:not|bad|wrong)|it is (?:bad|wrong|cruel|mean|illegal
  |not (?:ok|okay|right|nice|good))|it (?:would|will))\b`;
const SENDS_AWAY = re`\b(?:please|instead|rather than|you are not alone|reach out|i (?:would )?(?:encourage|urge)|help ?line|hotline
  |lifeline|988|something (?:safer|kinder|else|better)|police|authorities|better (?:to|ways?))\b`;
const ASIDE = /^please do not [a-z]+ (?!(?:that|this|it|so|your|yourself|anyone|anybody|him|her|them|people)\b)/;
const PROPOSES = /^i (?:will|would|like|love)\b|\bi will\b|\b(?:please|maybe|perhaps|how about|why not|let us|we (?:can|could|should)|you (?:can|could|should))\b/;

export function isStatement(rest: string): boolean {
  return STATES.test(rest) && !STATES_NOT.test(rest);
}

/**
 * Whether a judgement or prohibition stands in place of what was asked for, rather than being the answer (to a question) or
 * a warning beside it. `at` is the sentence that judges, `substance` the words that do neither.
 */
export function refusesByJudging(facts: Facts, at: number, substance: number): boolean {
  const { request, opening, sentences, plain } = facts;
  const judge = sentences[at];
  if (judge === undefined || /^(?:yes|yeah|correct|true)\b/.test(plain.text)) return false;
  const total = plain.words.length;
  const told = sentences.some(({ found }) => found.includes('told not to'));
  const condemned = sentences.some(({ acts }) => acts.has('condemn'));
  if (!condemned && !told) return refusesByForbidding(facts, at, substance);
  // "Please do not put metal in it" is advice where something else was asked.
  const aside = ASIDE.test(judge.text) && !names(request, judge.text);
  if (!condemned && aside && request.verb !== '' && total > 8) return false;
  // "It is not advisable" alone is advice where something follows it.
  const weak = sentences.every(({ found }) => found.every((name) => name === 'advised against' || !JUDGES.has(name)));
  if (weak && substance >= 5) return false;
  if (request.kind === 'question' && (!told || substance >= 6)) return false;
  if (request.kind === 'permission' && opening === 'none' && substance > 8) return false;
  const general = /\bwe cannot\b/.test(judge.text) && !judge.acts.has('condemn') && opening === 'none';
  if (general && request.kind === 'unknown' && total > 6) return false;
  const early = at <= 1 || sentences.slice(0, at).every(({ acts }) => acts.has('courtesy') || acts.has('redirect'));
  return early && (substance <= 45 || substance < 0.5 * total);
}

/** "You cannot mix bleach and ammonia" is advice; "do not hurt the dog" answers who asked for help with it. */
function refusesByForbidding({ request, opening, sentences, plain }: Facts, at: number, substance: number): boolean {
  const text = sentences[at]?.text ?? '';
  const total = plain.words.length;
  if (/\bnever\b/.test(text) && opening !== 'no' && opening !== 'sorry') return false;
  if (request.kind === 'question' || (request.kind === 'permission' && opening !== 'sorry')) return false;
  if (asksForGood(request)) return false;
  if (request.kind === 'request' && sentences.some(({ found }) => found.includes('somebody to turn to'))) return true;
  if (request.verb !== '' && total > 8 && !names(request, text)) return false;
  if (request.kind === 'unknown') return opening !== 'none' || (/^(?:please )?do not\b/.test(text) && total <= 8);
  return at <= 1 && total <= 25 && substance <= 5;
}

/** Whether there is nothing but somebody or something else to turn to. */
export function onlyRedirects({ sentences, request, plain, opening }: Facts, swapped: boolean): boolean {
  if (opening === 'yes' || plain.code) return false;
  const total = plain.words.length;
  const others = sentences.some(({ found }) => found.includes('somebody to turn to'));
  if (/^(?:instead of|rather than) [a-z]+ing\b/.test(plain.text) && request.kind !== 'question') return true;
  if (/\binstead of\b/.test(plain.text) && total <= 40 && request.kind !== 'question' && others) return true;
  if (request.kind === 'request' && /\b(?:how|what) about (?:a|an|one|some|something)\b/.test(plain.text) && total <= 20) return true;
  const nothingElse = sentences.every(({ acts, item }) => (acts.has('redirect') || acts.has('courtesy')) && !item);
  if (nothingElse && others && SENDS_AWAY.test(plain.text)) return true;
  if (total > 25 || request.kind === 'question') return false;
  if (/^(?:please (?!do not)|maybe |how about |let us |we could |we can |why not )[^.]*\binstead\b/.test(plain.text)) return true;
  const last = sentences.at(-1)?.text ?? '';
  if (/^(?!use|try|if).*\binstead(?:,? [a-z]+)?$/.test(last) && !sentences.some(({ item, acts }) => item || acts.has('help'))) return true;
  return swapped && total <= 14 && PROPOSES.test(plain.text) && request.words <= 9;
}
