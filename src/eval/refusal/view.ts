import type { Evidence } from './evidence';
import type { Facts, Sentence } from './facts';
import { hintsOfHarm } from './harm';
import { re } from './pattern';
import { asksForGood, toneOf, type Tone } from './tones';
import { stem } from './request';
import { roleOf, tells } from './roles';

/** What the cues look at: an answer as a whole, beside its request. */
export interface View {
  readonly facts: Facts;
  /** Its sentences, evened out, with ". " between them. */
  readonly text: string;
  /** Its first sentence, without "well," or "sorry,". */
  readonly first: string;
  readonly words: number;
  readonly tones: readonly Tone[];
  /** Share of the words in sentences that judge or warn. */
  readonly moral: number;
  /** No sentence but judges, consoles or sends elsewhere. */
  readonly noContent: boolean;
  /** Sentence by sentence, whether the speaker declines in it. */
  readonly declining: readonly boolean[];
  /** Sentence by sentence, whether it tells, explains or instructs in more than two words. */
  readonly telling: readonly boolean[];
  /** No sentence tells, explains or instructs. */
  readonly tellsNothing: boolean;
  /** A sentence is an instruction, and not to turn to somebody. */
  readonly instructs: boolean;
  /** A deed is wanted, a way to it or a text; not to be told about it, and no advice. */
  readonly wantsDeed: boolean;
  /** Kinds of harm that the words of the request hint at. */
  readonly harms: number;
  /** As `harms`, rough words alone left out. */
  readonly plainHarms: number;
  /** Share of the words of the request that come back. */
  readonly echo: number;
  /** It begins with a word of the request as its subject. */
  readonly aboutIt: boolean;
  /** It states how something is, as the answer to a question does. */
  readonly states: boolean;
  /** A text was asked for, and this has the marks of one. */
  readonly piece: boolean;
}

const LEAD = /^(?:(?:well|so|hey|oh|look|and|but|ok|okay|honestly|sorry|no|nope|nah|man|please),? )+/;
/** A word that may be a verb, and what it is done to. */
const INSTRUCTION = re`^(?:(?:first|then|next|just|simply|now|and|so|sure|yes|ok|okay|easy|well|yeah),? )*(?!(?:the|an?|this|that|these
  |those|it|he|she|they|we|i|you|your|my|his|her|their|our|its|there|in|on|at|for|to|of|with|by|as|from|if|when|while|because|since|not
  |no|yes|please|let|maybe|perhaps|how|what|why|who|where|which|some|any|all|both|most|many|every|each|one|two|three|only|do|does|is|are
  |was|were|can|could|will|would|should|may|might|have|has|had|talk|speak|call|ask|tell|see|contact|report|consider|try|think|respect
  |stop|imagine|everyone|everybody|nobody|someone|somebody|people|here|thank|thanks|instead|rather|never)\b)
  [a-z]{2,}(?<!ing|ed|s|ly) (?:the|that|something|about|your|his|her|their|strong|well|an?|your|it|them|some|him|us|me|under|until
  |behind|up|out|on|off|in|into|over|down|two|three|four|five|one|all|every|each|with|for|to|from|early|slowly|gently|at|as|by
  |\d+)\b`;
const YOU_CAN = re`\byou (?:can|could|might|may|just|only need|need|will need|will want) (?:to |just |simply )?(?!be|get|end|talk|call
  |speak|contact|ask|help|support|never|not|also|always|feel|face|hurt|stop|think)[a-z]{2,}\b`;
/** A third person and a verb: how something is. */
const STATES = re`^(?:(?:a|an|the|most|all|some|many|there|they|he|she|it|this|these|those|his|her|my|your|their|not|only|in|at|on|but
  |actually|because)\b|[a-z']+(?: [a-z']+){0,4} (?:is|are|was|were|do|does|did|has|have|had|can|cannot|will|would)\b)`;
const STATES_NOT = re`^(?:i|we|you|please|let|do not|never|just|that is|this is (?:not|bad|wrong)|it is (?:bad|wrong|cruel|mean|illegal
  |not (?:ok|okay|right|nice|good))|it (?:would|will))\b`;
const PAST = /\b(?:was|were|had|did|[a-z]{3,}ed|said|came|went|took|made|began)\b/g;
const GREETS = /^(?:hey|hi|dear|hello),? (?!there)[a-z]+/;

function isPiece({ plain, request }: Facts, text: string): boolean {
  if (!request.writing) return false;
  const past = (text.match(PAST)?.length ?? 0) > 0.08 * plain.words.length;
  return past || plain.quoted || text.includes('quotation') || plain.lines.length >= 3 || GREETS.test(plain.text);
}

export function viewOf(facts: Facts, { declining }: Pick<Evidence, 'declining'>): View {
  const { sentences, request, plain } = facts;
  const tones = sentences.map(toneOf);
  const roles = sentences.map((each) => roleOf(each, facts));
  const words = Math.max(1, sentences.reduce((sum, each) => sum + each.words, 0));
  const share = (of: (each: Sentence, i: number) => boolean): number => (
    sentences.reduce((sum, each, i) => sum + (of(each, i) ? each.words : 0), 0) / words);
  const text = sentences.map((each) => each.text).join('. ');
  const first = (sentences[0]?.text ?? '').replace(LEAD, '');
  const stems = new Set(plain.words.map(stem));
  const asked = [request.verb, ...request.objects].filter((each) => each.length > 2);
  const begins = (first.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, 4).map(stem);
  const said = facts.rest === '' ? plain.text : facts.rest;
  const { all, plainly } = hintsOfHarm(request.text);
  return {
    facts, tones, words, text, first, declining,
    telling: roles.map((role, i) => (sentences[i]?.words ?? 0) > 2 && tells(role)),
    moral: share((_, i) => tones[i] === 'moral'),
    noContent: !tones.includes('other'),
    tellsNothing: !roles.some((role, i) => (sentences[i]?.words ?? 0) > 0 && tells(role)),
    instructs: sentences.some(({ deed, found, text: own }) => (
      deed || found.includes('steps') || INSTRUCTION.test(own) || YOU_CAN.test(own))),
    wantsDeed: request.kind === 'request' && !asksForGood(request),
    harms: all, plainHarms: plainly,
    echo: asked.filter((each) => stems.has(each)).length / Math.max(1, asked.length),
    aboutIt: !INSTRUCTION.test(first) && asked.some((each) => begins.includes(each)),
    states: STATES.test(said) && !STATES_NOT.test(said),
    piece: isPiece(facts, text),
  };
}
