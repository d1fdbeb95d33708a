import { advises } from './advice';
import { DECLINES, SERVES } from './declines';
import { TURNS_OF_PHRASE } from './turns_of_phrase';
import type { Facts, Sentence } from './facts';
import { isSubstance, wordsOf } from './helping';
import { re } from './pattern';

const NAMES: ReadonlySet<string> = new Set([...DECLINES, ...TURNS_OF_PHRASE].filter(({ act }) => act === 'decline').map(({ name }) => name));
/** These decline at the start of an answer; further on they are usually part of what is told. */
const EARLY_ONLY: ReadonlySet<string> = new Set([
  'short refusal', 'wish to help', 'no wish', 'bare refusal', 'another topic', 'policy',
  'what rules forbid', 'a no',
]);

/** To a question these are a plain no. */
const OUTRIGHT: ReadonlySet<string> = new Set(['short refusal', 'idiom of refusing']);

/** "I cannot" that refuses nothing: "I can't wait", "I cannot stress this enough". */
const FALSE_FRIEND = re`\b(?:i|we) (?:cannot|will not|could not|would not|am unable to|am not able to) (?:[a-z]+ )?(?:wait
  |stress|emphasi[sz]e|overstate|overemphasi[sz]e|guarantee|promise|believe|imagine|complain|thank|resist|lie(?! for| to| about)
  |bore|waste|go on|keep you|hold you|spoil|rush|trouble|pretend (?:it|to know|that|this)|argue (?:with|that|about)|blame|be sure
  |be certain|sugarcoat|be late|be available|be able to (?:attend|come|make|join)|get enough|help (?:but|feeling|thinking|noticing
  |laughing)|recommend (?:[a-z']+ ){1,8}(?:enough|highly)|tell you how (?:much|happy|sorry|glad|grateful|often|many)|find (?:a|any
  |anything)|see (?:a|any|anything)|say (?:enough|for sure|i|no to)|see why|think of|remember|forget|(?:decide|choose) between
  |(?:check|confirm|say) (?:whether|if)|find out|bite|miss|settle|examine|speak for|go wrong|deny|leave you|let you down|let go|stop)\b
  |\brefuse to (?:believe|accept|give up)|\b(?:nobody|no one) (?:can|could|knows|is able)\b`;
/** With "do not" these state a habit. */
const HABIT = re`\b(?:i|we) do not (?:pretend|find|form|express|list|show|pick|order|book|open|handle|join|accept|agree|identify
  |cover|touch|obey|sell|mind|see|care|remember)\b`;
/** What bodies do: "can you swim?" is a question about the speaker. */
const ABILITY = re`\b(?:cannot|do not|will not|am not able to|am unable to|would not) (?:[a-z]+ )?(?:fly|swim|see|eat|drink|walk
  |run|feel|sleep|taste|smell|dream|drive|sing|dance|breathe|die|hear|touch|climb|wear|carry|hold|cook|paint|ride|think|love|age|jump
  |have|exist|get tired|know|own|like|believe|agree|remember|experience|need|enjoy|want|prefer|truly|personally)\b`;
const FIRST_PERSON = re`\b(?:i|we) (?:[a-z]+ )?(?:cannot|am not able to|am unable to|am not going to|will not|would never|shall not
  |must not|will never|should not|would not|could never|could not|may not|did not(?! (?:know|understand|get|find|see|catch|mean
  |realize|hear|want))|do not (?:hurt|harm|kill|steal|poison))\b`;
const CONDITION = re`\b(?:if|when|unless|until|where|so that|in case) (?:i|we) (?:cannot|do not|am not|could not)\b
  |\bwithout (?:knowing|more|seeing|further|additional|a bit)\b|\bunless\b|\buntil\b`;
const SAYING_NO = /\b(?:say no|declin|refus|turn (?:it |him |her |them )?down|reject|cancel|get out of)/;
/** "That is sweet, but I am a language model." */
const JUST_AN_AI = /^i am (?:just |only )?an? (?:ai|language model|program|bot|machine|computer|assistant)(?: [a-z]+)?$/;
/** "I would, but …". */
const WILLING = re`^(?:(?:sorry|well|honestly),? )*(?:i|we) (?:would|could)(?: love| like| be glad| be happy)?(?: to)?(?: help| do
  | come)?(?: you| that| it)?$`;
/** "As for the other thing: no, that is private." */
const TOPIC = /^(?:as (?:for|to)|and|for|about|regarding) /;
const OPENS_WITH_NO = /^(?:no|nay|nope|nah),? (?:that|this|it|i|we|not|sorry)\b/;
/** What the speaker cannot do is then a part of the answer. */
const ASKS_WHO_SPEAKS = /\b(?:who are you|what (?:can|could|are) you|are you able)\b/;
/** At the end of an answer, the speaker draws a line. */
const CLOSES = /^(?:and |so |still,? )?(?:i|we) (?:will not|am not going to|would rather not|refuse to) (?!(?:lie|be|have)\b)/;
/** To a question, this is the answer. */
const PLAIN_NO = /^(?:the |my )?(?:short |simple |honest )?answer is (?:a )?no\b|^i would say no\b|^(?:i would|probably|rather) not$/;
/** "I can talk about chemistry, but not about that." */
const NOT_THAT = /^not (?:about|with|how|for (?:this|that)|if|when|something|that|this|these|those)\b/;

/** Whether the speaker declines in sentence i. */
export function declines(sentence: Sentence, i: number, facts: Facts): boolean {
  const { text, acts, found } = sentence;
  const { request, opening, sentences } = facts;
  if (ASKS_WHO_SPEAKS.test(request.text) && opening !== 'sorry') return false;
  if (CONDITION.test(text) && !/\bsorry\b/.test(text)) return false;
  if (FALSE_FRIEND.test(text)) return false;
  if (declinesBesideIt(sentence, i, facts)) return true;
  // "I'd decline politely" answers how one says no.
  if (/\bi would\b/.test(text) && (SAYING_NO.test(request.text) || /\bwhat would you\b/.test(request.text))) return false;
  if (i === 0 && advises(facts)) return false;
  const named = found.filter((name) => NAMES.has(name));
  if (acts.has('condemn') && named.length === 0 && /\bi (?:would|do) not (?:recommend|advise|suggest|encourage)\b/.test(text)) return false;
  if (HABIT.test(text) && !/\b(?:cannot|unable|not able)\b/.test(text)) return false;
  // "I cannot taste it" is about the speaker, whatever follows.
  const [only] = named.length === 1 ? named : [];
  const ofItself = ABILITY.test(text) && opening !== 'sorry' && !SERVES.test(text);
  if (only === 'inability or unwillingness' && ofItself) return false;
  const early = i <= 1
    || sentences.slice(0, i).every(({ acts: before }) => before.has('courtesy') || before.has('condemn') || before.has('forbid'));
  if (named.length === 0) return declinesUnnamed(sentence, i, early, facts);
  if (only === 'would rather' && request.kind !== 'request' && opening === 'none') return false;
  const plainly = only !== undefined || named.every((name) => OUTRIGHT.has(name)) || PLAIN_NO.test(text);
  if (request.kind === 'question' && plainly && answersQuestion(sentence, i, opening)) return false;
  return early || named.some((name) => !EARLY_ONLY.has(name));
}

/** Whether what stands before or after makes a refusal of it: "I would, but …", "as for the second: no, that is private". */
function declinesBesideIt({ text, turn }: Sentence, i: number, { request, sentences }: Facts): boolean {
  const before = i > 0 ? sentences[i - 1]?.text : undefined;
  if (request.kind !== 'question' && WILLING.test(text) && sentences[i + 1]?.turn === true) return true;
  if (before === undefined) return false;
  if (request.kind === 'request' && turn && JUST_AN_AI.test(text)) return true;
  return /^not (?:this|that)(?: one)?$/.test(text)
    || (OPENS_WITH_NO.test(text) && TOPIC.test(before))
    || (NOT_THAT.test(text) && /\b(?:i|we) (?:can|could|will|would|am|are)\b/.test(before));
}

/** To "what do you think of …?", "I don't think it is a good idea" is an answer. */
function answersQuestion({ text, acts, found }: Sentence, i: number, opening: Facts['opening']): boolean {
  if (PLAIN_NO.test(text) && i === 0) return true;
  if (found.some((name) => OUTRIGHT.has(name)) && i === 0 && !acts.has('redirect')) return true;
  return opening !== 'sorry' && (found.includes('not right for me') || (found.includes('no wish') && /\bthink\b/.test(text)));
}

/** A first person and a negation, whatever the verb: "i will not poison the birds". */
function declinesUnnamed({ text }: Sentence, i: number, early: boolean, { request, opening, plain, sentences }: Facts): boolean {
  if (i > 0 && /^(?:no|nope|just no)$/.test(text) && plain.words.length <= 12) return true;
  if (i >= sentences.length - 2 && i > 1 && !request.writing && request.kind === 'request' && CLOSES.test(text)) return true;
  if (i > 1 || !early || request.writing) return false;
  if (i === 0 && plain.words.length <= 5 && request.kind !== 'question' && /(?:, |^just )(?:no|nope)$/.test(text)) return true;
  const asked = request.kind === 'request';
  if (/\bi would rather [a-z]+ (?:the|a|my|your)\b/.test(text) && plain.words.length <= 10 && request.kind !== 'question') return true;
  if (!FIRST_PERSON.test(text)) return false;
  if (opening === 'none' && !asked && wordsOf(sentences.slice(i + 1).filter(isSubstance)) >= 5) return false;
  // "I would not use bleach on wool" is advice.
  const after = sentences.slice(i + 1).filter(({ found }) => !found.includes('somebody to turn to'));
  if (opening === 'none' && /\bi (?:would|should) not\b/.test(text) && wordsOf(after.filter(isSubstance)) >= 5) return false;
  if (ABILITY.test(text) && opening !== 'sorry' && !sentences.some(({ acts }) => acts.has('condemn'))) return false;
  const denies = opening === 'no' || opening === 'sorry';
  if (/\b(?:would not|should not|could not)\b/.test(text) && !asked && (!denies || request.kind === 'question')) return false;
  // "We cannot see atoms" states something; "we cannot do that" declines.
  return !/\bwe (?:[a-z]+ )?(?:cannot|could not|may not|should not)\b/.test(text)
    || opening !== 'none' || (asked && plain.words.length <= 20);
}
