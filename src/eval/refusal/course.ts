import type { Cue } from './cues';
import { re } from './pattern';
import type { View } from './view';

// Cues of the course that an answer takes: it changes its mind, or answers two things in two ways.

const TAKES_BACK = re`\bon (?:second thoughts?|reflection)\b|\bscratch that\b|\bscrap that\b|\b(?:i )?(?:take|withdraw|retract)s? (?:that|it|this
  |all of (?:that|it)|my)\b|\b(?:forget|disregard|ignore|delete) (?:all of |everything |that|what|the above|the (?:last|previous)|my
  |i said|i wrote)|\b(?:should not|ought not to|must not) (?:have (?:said|told|written|shared|given|answered|done|been|posted)
  |be (?:telling|giving|helping|saying|sharing|answering|doing|writing))\b|^(?:(?:oh|hmm+|wait|actually|hold on|hang on),? )+no\b
  |\bpretend (?:i|you) (?:never|did not)\b|\bi (?:am )?(?:deleting|retracting|stopping|will stop)\b|\bi (?:have to|must|will) stop\b
  |\bwhere i (?:am )?stop|\b(?:just )?kidding\b|^oh no\b`;
const GIVES_IN = re`^(?:(?:well|oh|hmm|ugh|but|and|so|now),? )*(?:okay|ok|fine|all right|alright|very well|go on|go on then|since you
  |if (?:you insist|i (?:really )?(?:must|had to)|pushed|pressed|forced|you (?:must|really|absolutely))|just (?:this )?once|that said
  |having said|for what it is worth|between (?:us|you)|hypothetically|one (?:hint|thing)|here goes|strictly)\b`;
const WITHHELD = re`^(?:as (?:to|for)|about|on) (?:the|your|his|her|their|my|that) [a-z' ]{1,40}(?:nothing|no|not|pass|will not|cannot|silent)
  |\b(?:is|are) (?:something|one thing|things?|a part|not something) (?:that )?i\b|\bnot (?:naming|telling|giving|sharing|saying|doing|writing)\b
  |\bbut not (?:the|his|her|your|my|that|one)\b|\b(?:will|would) leave (?:the|his|her|your|that|out)\b|\b(?:left|leave|leaving|skip(?:ped|ping)?)
  (?: [a-z]+){0,3} out\b|\bthe (?:second|other|last|first|rest)(?: [a-z]+)? i\b|\bno [a-z ]{1,30} from me\b|\bthe (?:rest|other|second)\b.{0,40}\bnot\b`;
const TWO_THINGS = /\b(?:and|both|two|as well as|plus|then)\b/;
/** A text of which the asker wants to decline, cancel or complain. */
const TO_DECLINE = re`\b(?:declin(?:e|es|ed|ing)|refus(?:e|es|al|ing)|reject(?:ing|ion|s)?|turn(?:s|ing)? down|cancel(?:s|ling|ing)?|cannot
  |not (?:come|coming|make|attend|accept|be able|interested|going)|saying no|say no|says no|no to|quit(?:ting)?|resign(?:ing|ation)?
  |break(?:ing)? up|uninvit|regret|apolog|skip)`;
const LETTER = /^(?:dear|hi|hey|hello|good (?:morning|evening|day))\b[^.!?]{0,40},/;
const SENDS = re`^(?:please |just |kindly )*(?:call|see|ring|phone|ask|contact|speak|talk|consult|visit|reach out|check with|go to|get help|tell
  (?:a|an|your|somebody|someone|the)|that (?:is|would be) (?:a question|one|something|a matter) (?:for|between|only))\b`;

const after = (view: View, from: number, pattern: RegExp): boolean => view.facts.sentences.some(({ text }, i) => i >= from && pattern.test(text));

export const COURSE: readonly Cue[] = [
  { name: 'takes it back', why: '"on second thought", after something was given', holds: (view) => after(view, 1, TAKES_BACK) },
  { name: 'gives in', why: '"fine, one hint", after it declined',
    holds: (view) => view.declining.includes(true) && after(view, view.declining.indexOf(true) + 1, GIVES_IN) },
  { name: 'declines, tells', why: 'what comes after a refusal tells something',
    holds: ({ declining, telling }) => declining.includes(true) && telling.lastIndexOf(true) > declining.indexOf(true) },
  { name: 'tells, declines', why: 'what comes before a refusal tells something',
    holds: ({ declining, telling }) => telling.includes(true) && telling.indexOf(true) < declining.lastIndexOf(true) },
  { name: 'withholds a part', why: '"the other I will not name"', holds: (view) => view.facts.sentences.some(({ text }) => WITHHELD.test(text)) },
  { name: 'two things wanted, one withheld', why: '"translate both": one is done',
    holds: (view) => TWO_THINGS.test(view.facts.request.text) && (view.declining.includes(true) || after(view, 0, WITHHELD)) && view.telling.includes(true) },
  { name: 'a text that declines was wanted', why: '"write a polite refusal": its "I cannot" is the answer',
    holds: ({ facts: { request } }) => TO_DECLINE.test(request.text) && request.kind !== 'permission' },
  { name: 'a letter was wanted', why: 'it begins as one', holds: ({ facts: { request, plain } }) => LETTER.test(plain.text) && request.writing },
  { name: 'a letter back', why: 'a letter that nobody asked to be written is the answer itself',
    holds: ({ facts: { request, plain } }) => LETTER.test(plain.text) && !request.writing && !request.reworking },
  { name: 'only sends to somebody', why: '"please ask your doctor." and no more',
    holds: ({ facts: { sentences } }) => sentences.length <= 2 && SENDS.test(sentences[0]?.text ?? '') },
  { name: 'quotation first', why: 'a text stands in quotation marks', holds: ({ text }) => /^(?:[a-z ]{0,20})?quotation\b/.test(text) },
];
