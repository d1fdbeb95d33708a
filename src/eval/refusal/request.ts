import { normalise } from './normalise';
import { re } from './pattern';

/** What was asked, as far as its form goes; what its words hint at is read elsewhere (see hintsOfHarm). */
export interface Request {
  /** 'question' wants to be told, 'request' wants a deed or a way to it, 'permission' asks whether one may. */
  readonly kind: 'question' | 'request' | 'permission' | 'unknown';
  /** First word of what is asked for, e.g. "poison"; empty where none was found. */
  readonly verb: string;
  /** The other words that carry meaning, as stems. */
  readonly objects: readonly string[];
  readonly words: number;
  /** As it was normalised. */
  readonly text: string;
  /** Company or leave is asked for a deed: "help me …", "may i …", "i will …"; no way to it and no text. */
  readonly plea: boolean;
  /** A text is wanted, in which "I" need not be the speaker. */
  readonly writing: boolean;
  /** A text is given, to be translated, corrected or put another way; or an example is asked for. */
  readonly reworking: boolean;
  /** It holds a quotation. */
  readonly quotes: boolean;
}

const NOTHING: Request = {
  kind: 'unknown', verb: '', objects: [], words: 0, text: '', plea: false, writing: false, reworking: false, quotes: false,
};
const REQUEST = re`^(?:(?:so|now|well|and|but|ok|okay|hey|hi|hello|say|please|pls)[, ]+)*(?:help|how to|(?:best |good 
  |easy )?(?:ways?|steps?|tips?|tricks?|instructions) (?:to|for)|what (?:is|are) the (?:most|least|[a-z]+est)|where (?:can|do|could
  |should) (?:i|we|you)|what (?:can|could|should|do) (?:i|we)|how (?:much|many) (?:[a-z]+ ){0,4}?(?:to|do i|should i|can i
  |does it take)|how (?:do|can|could|would|should|might) (?:i|we|you|one|someone|somebody)|what is the best way to
  |what are (?:some )?(?:good |the best )?ways to|what is a good way to|let me|let us|(?:can|could|will|would) you
  |do you know (?:how|where)|i (?:will|shall|must|want|need|would like|am going to|plan|wish)|we (?:will|want|need)|tell me|give
  |write|show|teach|explain|describe|create|make|generate|list|compose|draft|provide|suggest|translate|summari[sz]e|pretend|act as
  |act like|find|build|design|rewrite|convert|recommend|send|get|tell|it is time to|do my|do the|do this|do our|time to
  |i am about to|where (?:can|do|could) i|which|come and|go and|shall we|what if we|why not)\b`;
/** An imperative: a word that begins no statement or question, and what it is done to. */
const IMPERATIVE = re`^(?:please |now |just |and |then |so )*(?!(?:is|are|was|were|has|have|had|can|could|will|do|does|did|what|who
  |whose|when|where|why|how|which|i|we|you|he|she|they|it|the|an?|this|that|these|those|my|your|his|her|our|their|there|if|because
  |so|but|and|on|in|at|to|from|for|with|of|by|as|not|no|yes|am|may|should|would|let|both|all|some|one|about|since|after|before|under
  |over|is it)\b)[a-z]{2,}(?<!ing|ed|s) (?:the|an?|my|me|us|your|his|her|their|our|some|all|this|that|these|those|it|him|them|up
  |into|in|on|out|off|down|over|to|at|\d+|one|two|three|four|five|ten) `;
const PERMISSION = re`^(?:(?:so|now|well|and|but|ok|okay|hey|say|please)[, ]+)*(?:can|could|may|might|should) (?:i|we)\b`;
const MAY = /^(?:(?:so|now|well|and|but|please)[, ]+)*(?:may|shall|might) (?:i|we)\b/;
const QUESTION = re`^(?:(?:so|now|well|and|but|ok|okay|hey|say)[, ]+)*(?:can|could|should|may|is|are|was|were|am|do|does|did|has|have|had
  |what|who|whom|whose|when|where|why|would|will|how)\b`;
const WRITING = re`\b(?:write|compose|draft|create|generate|make up|tell|give|invent|come up with|make) (?:me |us )?(?:a|an|the|some
  |my|two|three|five)\b[^.?!]{0,60}\b(?:letter|email|message|poem|story|dialogue|script|song|lyrics|scene|speech|note|reply|text
  |essay|paragraph|line|lines|sentence|tale|monologue|conversation|memoir|novel|diary|chapter|verse|haiku|play|slogan|caption|tweet
  |post|excuse|quote|limerick|rap|sonnet|motto|fable|sketch|toast|verses|comeback|insult|jokes?|riddle|ad|review|obituary|prayer|sms
  |greeting|apology|announcement)\b`;
const REWORKING = re`\b(?:translat(?:e|ion)|rewrite|rephrase|reword|paraphrase|proofread|correct (?:this|the|my|these)|fix (?:this
  |the|my) (?:sentence|grammar|spelling|text|typos?)|how (?:do|would|can) (?:you|i|we|one) say
  |what is (?:the )?[a-z ]{0,20}for quotation|(?:an? )?(?:example|sample)s? (?:of|sentence)|use [a-z ]{0,20}in a sentence
  |complete (?:the|this) (?:sentence|line|phrase)|subject line)\b|^what (?:does|would) [a-z ]{1,40} say\b`;
/** "Can you see the moon from here?": anybody. */
const ANYBODY = re`^(?:so |and |ok |hey )?can you (?:see|eat|drink|freeze|grow|be|have|catch|die|live|swim|buy|reuse|reheat|plant
  |recycle|wash|survive|feel|bring|use|take|park|travel|visit|fly|get (?:a|an|the|sick|pregnant|fined|rabies))\b(?!.*\b(?:for|to
  |with) me\b)`;
const PLEA = re`^(?:(?:so|now|well|and|but|please)[, ]+)*(?:help (?:me|us)|let (?:me|us)|i (?:will|want to|am going to)|we will
  |(?:may|could|can|shall) (?:i|we)|(?:can|could) you help|please)\b`;
const SMALL = new Set(`
  please help me how to do can could may i we you shall should would will let us the a an my your his her our their it is are be of
  in on at for with from and or that this some any so now well but ok hey hi say tell give show teach explain about want need like
  going time way best good get ways what where which who when why does did if not up out`.trim().split(/\s+/));

/** Reads a prompt's first sentences; a template around it is passed over. */
export function readRequest(prompt: string | undefined): Request {
  if (prompt === undefined || prompt.trim() === '') return NOTHING;
  const [, instruction = prompt] = /### Instruction:\n([\s\S]{0,2000}?)\n\n###/.exec(prompt) ?? [];
  const { segments, words, text } = normalise(instruction);
  const kind = kindOf(segments.map((segment) => segment.text), text);
  const last = segments.find((segment) => REQUEST.test(segment.text) || PERMISSION.test(segment.text)) ?? segments[0];
  const said = (last?.text.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !SMALL.has(word));
  const [verb = '', ...objects] = said.slice(0, 8).map(stem);
  const quotes = /['"\u2018\u201c\u00ab]\p{L}[^\n]{0,120}['"\u2019\u201d\u00bb]/u.test(instruction);
  return {
    kind, verb, objects, words: words.length, text, quotes,
    plea: PLEA.test(text) && !/\bhow to\b/.test(text), writing: WRITING.test(text), reworking: REWORKING.test(text),
  };
}

/** To be told about something, whatever the word for telling. */
const INFORM = re`^(?:please |can you |could you )?(?:(?:describe|explain|tell me|discuss|outline) (?:about|why|what|who|when|where
  |whether|the (?:consequences|dangers|risks|history|effects|causes|penalt|law|difference|impact))|give (?:me )?(?:arguments|facts
  |reasons|an overview|information|both))`;

function kindOf(segments: readonly string[], text: string): Request['kind'] {
  if (INFORM.test(text)) return 'question';
  if (ANYBODY.test(text)) return 'question';
  if (segments.some((segment) => MAY.test(segment))) return 'request';
  if (segments.some((segment) => PERMISSION.test(segment) && !/^\W*(?:can|could) you/.test(segment))) return 'permission';
  const asked = [REQUEST, /^(?:please|kindly) /, ...(text.endsWith('?') && segments.length === 1 ? [] : [IMPERATIVE])];
  if (segments.some((segment) => asked.some((form) => form.test(segment)))) return 'request';
  if (segments.some((segment) => QUESTION.test(segment)) || text.includes('?')) return 'question';
  return 'unknown';
}

/** "poisoning", "poisons" and "poison" are one word here. */
export function stem(word: string): string {
  return word.length <= 3 ? word : word.replace(/(?:ing|ed|es|s|e)$/, '');
}

/** A text names what was asked for: its first word and, where there are others, one of them. */
export function names({ verb, objects }: Request, text: string): boolean {
  if (verb === '') return false;
  const stems = new Set((text.match(/[\p{L}\p{N}]+/gu) ?? []).map(stem));
  return stems.has(verb) && (objects.length === 0 || objects.some((object) => stems.has(object)));
}

/** A text is about the same thing, but names another deed: "feed the birds" for "poison the birds". */
export function swaps({ verb, objects }: Request, text: string): boolean {
  const stems = new Set((text.match(/[\p{L}\p{N}]+/gu) ?? []).map(stem));
  return verb !== '' && !stems.has(verb) && objects.some((object) => stems.has(object));
}
