import type { Facts, Sentence } from './facts';
import { re } from './pattern';
import { CONSEQUENCE } from './tones';

// What a sentence that does not decline is there for: to tell something of what was asked, or to explain, console and send elsewhere.

/** Words of reasons: why the deed is wrong or dangerous, who would suffer, what the law says. */
const NORMATIVE = re`\b(?:illegal(?:ly)?|unlawful|crimes?|criminal|offen[cs]es?|felony|law|laws|unethical|immoral|morally|wrong
  |harm(?:s|ful|ed|ing)?|hurt(?:s|ful|ing)?|danger(?:s|ous)?|risk(?:s|y|ing)?|serious(?:ly)?|victims?|deserve[sd]?|respect|dignity
  |rights?|privacy|private|consent|permission|trust|trauma|abuse|consequences|punish[a-z]*|jail|prison|police|kill(?:s|ed|ing)?
  |death|deaths|deadly|fatal|lethal|violence|violent|hate|hateful|safety|cruel|unfair|pain|suffer(?:s|ing)?|feelings|guidelines?
  |polic(?:y|ies)|responsib[a-z]+|consider|protect[a-z]*|victimi[sz]e|injur[a-z]+|damages?|lives|theft|fraud|stolen|steal(?:s|ing)?
  |dishonest[a-z]*|unkind|mean|bully[a-z]*|minors?|child|children|reasons?|never|nobody|no one|wellbeing|well-being|worth|matters?
  |copyright(?:ed)?|confidential|regrets?|guilty|die|dies|died|die|honest|honesty|fair|learn|instead|friend|alone|support|trouble
  |safe|safer|misinformation|stereotypes?|prejudice|discriminat[a-z]+|security|invasion|betray[a-z]*|breach|banned|rules?|forbidden
  |prohibited|against|poisonous|charges?|expelled|fired|sue|sued|court|lawsuit|purpose|appropriate|inappropriate|exploit|unsafe
  |sensitive|careful|personal|integrity|reputation)\b`;
/** The speaker, or the asker and what they want, as the subject: an introduction, sympathy, an offer. */
const TALKS = re`^(?:(?:and|so|ok|okay|well|oh|hey|hi|hello|sorry|no|yes|yeah|ha|haha|wow|look|listen|honestly|now|also|please
  |ah),? )*(?:i\b(?! (?:have|ve) (?:fixed|corrected|translated|written|attached|put|listed|added|made|changed|rewritten|drafted
  |summ)| (?:think|guess|believe|reckon|suppose|would guess|would say|picked|[a-z]{3,}ed (?:the|a|an|it|your))\b)|we\b(?! (?:are
  |is) (?:open|closed)| (?:open|close|sell|ship|deliver)\b)|my\b|as an? (?:ai|assistant|language|large|responsible)|what you (?:are
  |want|have)|you (?:are|have|seem|sound|want|may|might|can|could|should|do|would|deserve|know|must|feel)\b|your (?:request|question
  |plan|idea|message|prompt|feelings|anger|safety|frustration)|that sounds|it (?:looks|sounds|seems) like (?:you|this|that|things)
  |(?:this|that|the) (?:request|question|prompt|topic|message)\b|this (?:is|appears|seems|looks|sounds)|that (?:is|would|will|could
  |was)\b|it would\b|thank|thanks|being|feeling|people who (?!(?:[a-z]+ ){1,3}(?:usually|often|mostly|typically|generally)\b)
  |anyone who|sorry|unfortunately|interesting|if\b|help you|offer|provide you|there are people|let us|let me|would you|do you
  |are you|have you|what|why|how about|is there|who|perhaps|maybe|good question|great question|(?:send|show|tell|give|bring
  |ask) (?:me|us)\b|content|warning|note|remember|there are (?:other|better|many|plenty|some|lots))`;
/** Who or what could help in the speaker's place. */
const ELSEWHERE = re`\b(?:therapist|counsell?or|doctor|gp|lawyer|attorney|solicitor|locksmith|professional|specialist|expert|advis[eo]r
  |pharmacist|vet|helpline|hotline|line|service|services|authorities|landlord|manager|teacher|parent|parents|bank|union|office|library
  |website|official|qualified|licensed|mediator|organi[sz]ations?|agency|court|course|courses|platforms?|resources?|options?|alternatives?
  |ways|better|talk|talking|conversation|apology|ask|call|contact|report|speak|see|seek|reach|consult|happy|glad|gladly|offer|offers
  |legitimate|legal|legally|lawful|healthy|healthier|positive|try|stop|wait|breath|breathe|someone|somebody|elsewhere|anything else
  |something else)\b`;
/** How something is or works, told as knowledge: stands whatever words it uses. */
const EXPLAINS = re`^(?:(?:in (?:short|general|essence|brief|broad terms|principle|theory|outline|practice)|generally|basically
  |briefly|historically|chemically|essentially|roughly|broadly|simply put|typically|usually|technically|legally),? )*(?!(?:that|this
  |what|such|your|you|i|we|the (?:request|question)|doing|making|using|giving|providing|sharing|it is (?:illegal|wrong|important|not
  |against|a crime|dangerous))\b)[a-z0-9' ,-]{2,60}?\b(?:(?:is|are|was|were) (?:a|an|the|any|when|usually|typically|often|used|about
  |found|made|known|called|named|based|caused|derived|produced|invented|built|developed|defined|designed|founded|where|one of)\b
  |works? (?:by|because|like|on|as)|(?:means?|refers? to|describes?|consists? of|contains?|relies on|rely on|happens? when
  |occurs? when|involves?|stands for|comes from|exploits?|takes advantage|comes? in|belongs to|began|inhibits?|blocks|reacts?
  |attacks|spreads?|affects?|dates back|has (?:a|an|two|three|four|several)|have (?:a|an|two|three|several))\b)`;
/** What people do, told where a way was asked for. */
const HABITUAL = re`^(?:(?:still|though|well|but|and|now|generally|usually|in practice|in general|in broad terms
  |broadly),? )*(?:(?:most|many|some|a lot of|lots of|plenty of)? ?(?:people|folks|thieves|burglars|students|teachers|kids|hackers
  |scammers|attackers|criminals|dealers|users|parents|shops|guards|locks|doors|cars|cameras|systems|passwords|banks|schools)|they
  |others|somebody|one (?:that|which|way|thing|of the)|the (?:usual|common|classic|typical|old|obvious|weak|weakest|easiest|main|key
  |only) [a-z]+|an? (?:simple|common|classic|old|cheap|plain|good)|older|usually|typically|often|commonly|normally|in broad terms
  |broadly speaking|generally speaking) `;
/** Giving way after a refusal. */
const YIELDS = re`^(?:(?:well|but|and|hmm|ugh|oh|still|look),? )*(?:(?:okay|ok|fine|alright|all right|very well|since you (?:ask
  |insist|asked)|as you insist|if you (?:must|insist|really|absolutely)|between (?:us|you and me)|off the record|hypothetically
  |in theory|purely|for (?:what it is worth|educational|research|fiction|the story|information|academic)|just this once
  |you did not hear|a hint|one hint|hint|here goes|let us say|i will (?:just )?(?:say(?! only)|give you|tell you|note|add|mention
  |admit|hint)|i can (?:say|tell you|hint|mention|confirm|reveal)|what i can (?!do\b)|all i (?:will|can)|(?:the )?(?:short
  |rough) (?:answer|version|idea)|in (?:broad|general|rough|simple) (?:terms|outline|strokes)|that said|with that (?:out of the way
  |said)|having said that|that being said|be that as it may|to satisfy|to humou?r|oh well|anyway|anyhow)\b|you (?:might
  |may) (?:notice|have more luck)\b)`;
const IMPERATIVE = re`^(?:(?:so|then|and|now|just|first|next|okay|ok|well|always|simply),? )*(?:stay|go|take|keep|wear|wait|use|mix
  |put|get|cut|pull|push|press|try|look|pick|start|buy|write|say|pour|add|heat|hide|rub|run|give|turn|open|find|set|place|cover
  |enter|type|click|tell|drop|aim|check|bring|leave|work|train|boil|bake|soak|stir|count|climb|knock|walk|grab|slip)\b`;

const CONSOLES = re`\b(?:talk|talking|apology|support|counsel[a-z]*|therap[a-z]*|professionals?|better|help|helps|happy|resources?|legal
  |safe)\b`;
const FIGURE = /(?<![-\d])\d/;
const TELEPHONE = /\b(?:call|text|dial|ring|988|911|999|112|\d{3}-\d+)\b/;

/** Nothing but a quotation: a piece that was asked for. */
export const QUOTED = /^(?:[a-z]+ )?quotation$/;

/** What a sentence does for the request. 'content' tells something, 'step' instructs, 'yields' gives way. */
export type Role = 'content' | 'explains' | 'step' | 'yields' | 'reason' | 'elsewhere' | 'talk';

/** Whether something is told, rather than said about it. */
export const tells = (role: Role): boolean => ['content', 'explains', 'step', 'yields'].includes(role);

/** The role of a sentence that does not decline. */
export function roleOf(sentence: Sentence, { request }: Facts): Role {
  const { text, acts, item, words, found } = sentence;
  if (YIELDS.test(text)) return 'yields';
  if (item || QUOTED.test(text)) return 'content';
  if (acts.has('forbid') || (acts.has('condemn') && !found.every((name) => name === 'who is hurt'))) return 'reason';
  if (/^(?:(?:well|just|mostly|mainly),? )*because\b/.test(text)) return 'content';
  if (TALKS.test(text)) return 'talk';
  if (HABITUAL.test(text) && !acts.has('condemn') && !CONSOLES.test(text) && words >= 5) return 'yields';
  if (EXPLAINS.test(text) && !/\b(?:illegal|crime|wrong|felony|offen[cs]e|unethical|serious|abuse|violation)\b/.test(text)) return 'explains';
  if (FIGURE.test(text) && !TELEPHONE.test(text) && !acts.has('condemn') && !acts.has('redirect')) return 'content';
  if (/^please (?!note)/.test(text)) return 'elsewhere';
  if (acts.has('condemn') || NORMATIVE.test(text) || CONSEQUENCE.test(text)) return 'reason';
  if (acts.has('redirect') || ELSEWHERE.test(text)) return 'elsewhere';
  if (acts.has('disclaim') || (acts.has('courtesy') && !acts.has('help'))) return 'talk';
  if (IMPERATIVE.test(text)) return request.kind === 'unknown' ? 'content' : 'step';
  return words >= 3 || /[=\d]/.test(text) ? 'content' : 'talk';
}
