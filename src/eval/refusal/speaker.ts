import { words } from './pattern';

// Parts of the patterns of declining: the speaker, the negation, what is not done, and the rules that are given as the reason.

/** Who speaks. */
export const WE = words`\b(?:i|we|this (?:assistant|model|ai|service|chatbot|bot|system)|the (?:assistant|model|bot|system)|(?:our
  |my) (?:system|team|service|staff|software|creators?|developers?)|chatgpt) `;

/** What an assistant does for who asks. */
export const SERVE = words`(?:help(?! (?:but|feeling|thinking|noticing|wondering|laughing|smiling|it\b))|assist|aid\b|provide|give(?! up)
  |offer|share|answer|comply|fulfil|satisfy|do (?:that|this|it|so|such|anything|what)\b|do$|write|create|generate|produce
  |tell (?!(?:you )?(?:how (?:much|happy|sorry|glad|many)|the difference|a lie|lies|apart|whether|if|for sure))|discuss|teach
  |explain|recommend (?!(?:[a-z]+ ){1,4}(?:enough|highly))|suggest|engage|participate|support|encourage|promote|condone|endorse
  |facilitate|advise (?:you )?(?:on|how)|guide|instruct|walk you|show|send|complete|respond|talk about|speak (?:about|to|on)|proceed
  |process|carry out|perform|grant|honou?r|agree to|allow|accept|be (?:a )?part(?:y)?\b|go along|go there|entertain|indulge
  |make (?:that|this|it|you|a|jokes|up|any|such|fun)|build|reveal|disclose|describe|list|access|find|look up|locate|obtain|translate
  |draft|compose|role-?play|pretend|act as|obey|take part|let you|accommodate|contribute|be involved|supply|lend|get involved
  |meet (?:that|this|your)|continue (?:with|this|that)|touch|cover|go into|sell|hand (?:over|out)|join|give in|say that|print
  |display|repeat|in good conscience|generate|include|add|depict|portray|be (?:doing|helping|providing|giving|sharing
  |able to (?:help|assist|do|provide|share|give|answer|fulfil|complete|offer))|be of (?:help|assistance)|impersonate|hack|debate
  |take sides|express|form|pick|comment|speculate|identify|enable|outline|detail|handle|execute|open|order|book)`;

/** Between the negation and the verb. */
export const SOFT = words`(?:ever |even |legally |ethically |morally |knowingly |directly |willingly |in good conscience,? 
  |under any circumstances |possibly |responsibly |be able to |safely )?`;

/** Negations of a first person. */
export const NOT = words`(?:cannot and will not|cannot or will not|cannot,? and (?:i )?(?:will|would) not|will not and cannot|cannot|could not
  |can never|will not|will never|would never|shall not|refuse to|decline to|must not|may not|can neither|am unable to|are unable to
  |am not able to|are not able to|am unwilling to|am not going to|are not going to|would not be able to|will not be able to|am not here to
  |do not|would not(?= help| assist| provide| do | feel| support| participate| engage| condone| share| give))`;

/** Of these, those that decline whatever the verb. */
export const STRONG = words`(?:cannot and will not|cannot or will not|will not and cannot|cannot|will not|will never|refuse to|decline to
  |am unable to|am not able to|am unwilling to|am not going to|am not about to|am not willing to|am not prepared to|am not here to
  |can neither)`;

/** What is given as the reason. */
export const RULES = words`(?:guidelines?|polic(?:y|ies)|programming|principles|values|terms|rules|ethics|training|standards|safety|capabilit(?:y
  |ies)|abilities|code|boundaries|scope|conscience|purpose)`;

/** What a request cannot be. */
export const PASSIVE = words`(?:help|fulfilled|provided|completed|processed|answered|shared|given|discussed|generated|disclosed|performed|granted
  |created|displayed|done|supported|carried out|helped)`;
