import { re, type Pattern } from './pattern';
import { WE, SERVE, SOFT, NOT, STRONG, RULES, PASSIVE } from './speaker';

// How people and models decline, and what they cannot know or give. Sources of the forms: reading many answers; none is quoted.

/** The speaker says that it does not serve; other verbs may be about the speaker. */
export const SERVES = re`${WE}(?:[a-z]+ )?${NOT} ${SOFT}(?:to )?${SERVE}`;

export const DECLINES: readonly Pattern[] = [
  {
    name: 'inability or unwillingness', act: 'decline',
    why: 'the speaker does not serve: "I cannot provide", "we will not do that"',
    pattern: re`${WE}(?:[a-z]+ )?${NOT} ${SOFT}(?:to )?${SERVE}
      |\bi (?:[a-z]+ )?${STRONG} ${SOFT}(?:to )?[a-z]{2}`,
  },
  {
    name: 'refusal after a reason', act: 'decline',
    why: '"I am a chatbot and cannot access that"',
    pattern: re`^(?:[a-z]+,? ){0,2}(?:i|we) (?:am|are) [a-z' -]{1,80}(?:and|so|who|that|which),? (?:cannot|will not|do not|am not able to
      |am unable to|am not going to) (?:make (?:phone )?calls|${SERVE})`,
  },
  {
    name: 'bare refusal', act: 'decline',
    why: 'nothing follows the negation: "no, I cannot", "I won\'t"',
    pattern: re`\b(?:i|we) (?:cannot|will not|would not|refuse|decline|must not|do not think so|must decline|would rather not|prefer not
      |am unable|am afraid not|cannot and will not|should not|am not going to|am not about to)(?:$|,(?! (?:but|however)))`,
  },
  {
    name: 'not willing, allowed or made for it', act: 'decline',
    why: '"I am not comfortable with", "not programmed to", "I am prohibited from"',
    pattern: re`${WE}(?:am|are|is|was|were|have been|feel|would be|would feel) (?:[a-z]+ )?(?:not (?:[a-z]+ )?(?:willing|prepared
      |allowed|permitted|programmed|authori[sz]ed|comfortable|designed|equipped|trained|inclined|in a position|at liberty)|forbidden
      |prohibited|unwilling|uncomfortable|restricted|barred)`,
  },
  {
    name: 'declining by name', act: 'decline',
    why: '"I have to decline", "I refuse", "I would rather not", "I will pass"',
    pattern: re`\b(?:i|we) (?:[a-z]+ ){0,4}?(?:decline|refuse|say no|pass on|have to pass|will pass|turn (?:this|that|you|it) down
      |rather not|prefer not|prefer to (?:avoid|steer|skip|leave|move|not|keep|stay|talk)|rather (?:avoid|skip|steer|leave|keep|talk
      |we|you)|draw the line|opt out|object to|abstain|refrain|bow out|back out|(?:step|stepping) (?:out|away|back|aside)
      |steer clear|stay out of|take no part|have no part|not be (?:a )?part|stop (?:here|there|you)|sit this|want no part|protest
      |am (?:declining|refusing|rejecting|opting)|are (?:declining|refusing)|rather (?:tell|help|offer|give|show|suggest|write|read
      |point|send|direct|guide|lead|steer|refer) you)\b`,
  },
  {
    name: 'no wish', act: 'decline',
    why: '"I do not want to do that", "I do not think I should"',
    pattern: re`\b(?:i|we) (?:do not|would not) (?:feel (?:comfortable|right|good)|want (?:to$|to (?!(?:spoil|bore|overwhelm|sound
      |alarm|scare|worry|brag|assume|miss|forget|leave|go into|interrupt|seem|disappoint|waste|give (?:it )?away|be (?:rude|late
      |that|the|too)|get too|rush|repeat|lose|jump|overstate|confuse|complicate)\b)|any part|that|this|anyone|you to (?:get|be|do
      |hurt))|wish to|(?:think|believe|feel|suppose) (?:that )?(?:i|we) (?:can|should|could|will|am|want|would|ought)\b
      |think (?:that|this|it) (?:is|would be) (?:something|appropriate|a good idea|okay|ok|ethical|right to|responsible|fair|wise
      |kind|helpful|safe|healthy)|do (?:that|this|it|those|such|things|illegal)|help|assist|engage|condone|support (?:that|this|any
      |violence|illegal|such)|endorse|promote|encourage|participate|assist|provide|give (?:out|that|advice)|share|answer|discuss
      |take part|agree to|like to (?:hurt|talk|say))`,
  },
  {
    name: 'policy', act: 'decline',
    why: 'a rule is given as the reason: "against my guidelines"',
    pattern: re`(?:against|violat[a-z]+|contrary to|conflicts? with|outside|breach[a-z]*|(?:allowed|permitted|prohibited|forbidden
      |restricted) (?:by|under)|beyond|not (?:in line|aligned|consistent) with|not align with|within|due to|because of|per|goes beyond
      |bound by|prevented by) (?:of |the scope of )?(?:my|our|openai|the (?:content|usage|safety|community|platform|model)|content|usage
      |community|ethical|safety|company) ?(?:'s )?(?:[a-z]+ ){0,3}?${RULES}`,
  },
  {
    name: 'what rules forbid', act: 'decline',
    why: '"my guidelines do not allow me to"',
    pattern: re`\b(?:my|our|these|the) (?:[a-z]+ ){0,2}?${RULES} (?:[a-z]+ )?(?:do not|does not|will not|cannot|prevents?|prohibits?
      |forbids?|stops?|restricts?|keeps?|bars?) `,
  },
  {
    name: 'impersonal refusal', act: 'decline',
    why: 'the request is refused without a speaker: "this request cannot be fulfilled"',
    pattern: re`\b(?:requests?|content|information|prompt|question|instructions?|that|this|it|help|assistance|advice|details?|task|query
      |response|service) (?:[a-z]+ ){0,3}?(?:(?:cannot|can not|could not|will not|must not) be ${PASSIVE}|(?:is|was|are|has been|have been
      |gets) (?:denied|declined|refused|rejected|blocked|flagged|disallowed|not permitted|not supported|off limits|off-limits
      |off the table|out of bounds|out of the question|where i draw))`,
  },
  {
    name: 'not right for me', act: 'decline',
    why: '"it would be wrong of me to", "not possible for me to"',
    pattern: re`\b(?:not|never|wrong|unethical|inappropriate|irresponsible|illegal|unwise|dishonest|cannot|impossible|difficult
      |unprofessional) (?:[a-z]+ )?(?:[a-z]+ )?(?:for|of) (?:me|us|an ai|a language model|any ai)\b|\b(?:inappropriate|unethical
      |irresponsible|wrong|illegal) to (?:help|assist|provide|share|give|answer|discuss|offer|write|create|tell you)\b`,
  },
  {
    name: 'short refusal', act: 'decline',
    why: 'idioms that are a refusal by themselves',
    pattern: re`^(?:(?:sorry|no|nope|nah|oh|well|um|haha|lol|hell|and|so),? )*(?:no can do|no way(?:$| i| that|,)|(?:that is |it is 
      |this is )?not (?:happening|going to happen|gonna happen|an option|a chance)|hard (?:pass|no)|(?:i will |i am going to 
      |gonna )?pass$|no chance|forget (?:it|about it|that)|count me out|leave me out|nice try|dream on|i am out\b|absolutely not
      |certainly not|of course not|definitely not|obviously not|hell no|heck no|no thanks?(?: you)?\b|no thank you|never$
      |not on my watch|over my dead body|by no means|under no circumstances|i think not|i would never|not (?:today|tonight|now
      |this time|on (?:this|my) [a-z]+)|denied|request denied|access denied|i have no interest|not a chance|i am (?:good
      |fine),? thanks|not doing that|not going to do|will not do|will not be doing|would rather not|rather not|not interested
      |not allowed|not permitted|not possible|not appropriate|no comment|do not ask me|not me\b|why would i|i have to stop
      |my answer is no|the answer is no|let us not|there is no (?:way|chance|world) (?:that |in which )?(?:i|we)\b)`,
  },
  {
    name: 'refusal without a subject', act: 'decline',
    why: '"sorry, cannot help with that"',
    pattern: re`^(?:(?:sorry|no|nope|nah|unfortunately|apologies|i am afraid|i apologi[sz]e),? (?:and )?)?(?:cannot|can not|will not
      |unable to|not able to|not going to|refuse to|refusing to|not allowed to|not willing to|not comfortable) ${SERVE}`,
  },
  {
    name: 'a no', act: 'decline',
    why: '"that is a no from me", "that crosses a line"',
    pattern: re`\b(?:rules?|polic(?:y|ies)|guidelines) (?:against|about) (?:that|this|it)\b|\bi would be breaking\b|\b(?:providing
      |sharing|giving|writing|creating|helping|assisting|explaining|discussing|offering|answering)[a-z ]{0,60}(?:(?:would be
      |is) (?:irresponsible|unethical|inappropriate|against)|(?:would|could|might|may|can) (?:[a-z]+ )?(?:pose|create|put|violate
      |risk|go against|enable|facilitate|contribute|lead|cause|endanger|be misused|be (?:used|harmful|dangerous)))\b
      |\bmy lips are sealed\b|\b(?:as far as|where) i (?:will |can )?(?:go|stop)\b|\b(?:stays?|kept|keep|keeping) [a-z' ]{0,30}(?:out of this|off the page)\b|\banswer (?:is|has to be|must be|will be|remains|would be) (?:a )?no\b|\b(?:am|was|been|are|legally
      |ethically) (?:[a-z]+ ){0,3}?(?:bound|instructed|told|asked|trained|programmed|required|obliged|built|designed|advised|made
      |careful) (?:[a-z]+ )?not to\b|\b(?:is|be) a (?:hard |firm |definite |big |solid |clear )?no\b|\bcross(?:es|ed|ing)? (?:a|the
      |my) line\b|\bnot going (?:there|down that|along with)\b|^not comfortable (?:with|doing)\b`,
  },
  {
    name: 'another topic', act: 'decline',
    why: 'the subject is changed: "let us talk about something else"',
    pattern: re`\b(?:let us|can we|could we|shall we|maybe we (?:can|could)|how about we|i would (?:rather|prefer to|prefer)
      |we (?:can|could|should)) (?:please )?(?:talk|chat|discuss|brainstorm|find|think of|do|try|change|move on|focus|switch|speak
      |explore|keep)[a-z]* ?(?:about |on |to |this |things |it |the )*(?:something|other|another|a different|subject|topic
      |conversation|more (?:positive|pleasant)|anything else|appropriate|clean|positive|respectful)|\bask me (?:something
      |anything) else\b|\b(?:is there|do you have) (?:something|anything) else (?:that )?(?:i|we|you)\b`,
  },
  {
    name: 'only for something else', act: 'decline',
    why: '"I can only help with orders", "I am still learning"',
    pattern: re`\b(?:i|we) (?:am|are|can|could|will) (?:only|just) (?:able|here|help|answer|assist|discuss|designed|meant|trained
      |talk|respond|provide|support|built)\b|\b(?:i|we) (?:can|could|will) only (?:point|offer|share|talk|give|tell|speak|do|write
      |suggest)\b|\bi am still (?:learning|in training)\b|\b(?:i am |we are |^|, |^no |^nope )not [a-z]+ing (?:with |that|this|it
      |you|any|for you)`,
  },
  {
    name: 'wish to help', act: 'decline',
    why: '"I wish I could, but": the wish stands for the refusal',
    pattern: re`\b(?:i|we) wish (?:i|we) could\b|\bmuch as i would (?:like|love)|\bi would if i could\b`,
  },
  {
    name: 'scope', act: 'disclaim',
    why: 'a limit that is often only the preface to an answer: "I cannot give medical advice, but …"',
    pattern: re`\b(?:i|we) (?:cannot|am not able to|am unable to|do not|am not qualified to|am not allowed to|will not
      |should not) (?:[a-z]+ )?(?:(?:give|provide|offer) (?:you )?(?:(?:with|specific|any|personal|personali[sz]ed|individual|actual
      |real|professional|definitive|direct|formal|exact|official|or|you|an?) ){0,3}?(?:medical|legal|financial|professional|tax
      |investment|veterinary|psychological|diagnos|personali[sz]ed|personal advice|real-time|live|opinion)|diagnose|replace|predict
      |verify|browse|see your|see the (?:image|picture|photo|file|screen|attachment|video|page|link|document)|(?:tell
      |say)(?: you)? (?:what|which|whether|if|how) [a-z' ]{0,30}(?:right|best|your (?:exact|own|specific|particular)|for sure)
      |speak to|cover every|access (?:the internet|real|live|current|external|your)|know (?:your|the details|for sure|exactly)
      |speak (?:for|from)|recommend (?:a )?specific|make predictions|have access|form opinions|give you (?:a )?diagnos)
      |\b(?:not supposed to|should not(?: really)?|probably should not) (?:be )?(?:say|tell|shar|reveal|admit)[a-z]*
      |\bnot a substitute for|\bnot (?:medical|legal|financial) advice`,
  },
  {
    name: 'no knowledge or access', act: 'disclaim',
    why: '"I do not know", "I do not have access": a refusal when it stands alone',
    pattern: re`\b(?:i|we) (?:do not|did not|have no|am not|are not|could not|am unsure|cannot) (?:[a-z]+ )?(?:have (?:access
      |[a-z]+ access|information|the (?:ability|information|capability|means|capacity)|any|enough|details|real|personal (?:opinions?
      |views?|beliefs|preferences|information)|opinions?|that)|know(?! (?:much|many|what you|if i))|sure(?! (?:what you|which
      |i (?:under|follow|got|get)|how you))|aware of|certain|able to (?:see|browse|access|verify|predict)|find|access|information
      |idea|access|recall|unsure|say)|\b(?:i|we|this (?:chat|bot|service|app|line)) (?:ha(?:ve|s) no (?:way|means|tools?|connection
      |link|line)|am not (?:connected|linked|logged|hooked))\b|\bno idea\b|\b(?:is|are) (?:not
      |un) ?(?:publicly )?(?:possible (?:here|from|in this|through)|available|public information|publicly known|public|disclosed
      |known)\b`,
  },
];
