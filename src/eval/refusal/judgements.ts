import { re, words, type Pattern } from './pattern';

// What may stand in place of an answer: a judgement, a prohibition, somebody or something else to turn to.

/** What is said of a deed that is wrong rather than risky: a risk is advice. */
const BAD = words`(?:illegal|wrong|bad|very bad|unethical|immoral|cruel|mean|evil|criminal|unlawful|hateful|hurtful|harmful|unacceptable
  |inappropriate|unkind|rude|terrible|horrible|awful|disgusting|abusive|abuse|wicked|nasty|unfair|racist|sexist|dishonest|cheating
  |stealing|theft|violent|a (?:[a-z]+ ){0,2}crime|a felony|against the law|never (?:okay|ok|right|acceptable|appropriate|the answer|a good
  |an? )|not (?!quite|entirely|exactly|always|necessarily)(?:[a-z]+ )?(?:ok|okay|right|fine|good|nice|cool|acceptable|allowed|appropriate
  |legal|ethical|kind|permitted|funny|moral|fair|friendly|wise|something (?:you|we|anyone|one) should)|no way to|a (?:[a-z]+ )?(?:bad
  |terrible|horrible|cruel|awful) (?:idea|thing|thought)|an? (?:[a-z]+ )?(?:illegal|cruel|unkind|evil|awful|unethical|violation)|punishable
  |prohibited by law|sexual harassment|(?:[a-z]+ )?(?:fraud|theft|abuse|assault|murder|harassment|plagiarism|dishonesty|bullying|piracy
  |cruelty|extortion|vandalism|trespassing|blackmail|arson|discrimination|exploitation|manipulation)\b|messed up|gross$|sick$|creepy
  |unsafe and|horrifying|shameful|despicable|never|too (?:dangerous|mean|cruel)|dangerous and)`;

/** Between the verb and the judgement. */
const VERY = words`(?:just |also |very |so |really |always |simply |highly |both |extremely |considered |generally |morally |deeply 
  |completely |clearly |quite |totally |never |usually )?`;

/** A deed as the subject of a sentence. */
const DEED = words`(?:that|this|it|doing (?:so|that|this|it)|such (?:an? )?[a-z]+|what you [a-z ]{2,40}|your (?:request|plan|idea
  |question)|to [a-z]+ [a-z ']{2,60}|[a-z]{2,12}ing(?: [a-z,']+){0,9}|(?:violence|theft|murder|abuse|hate|cruelty|fraud|arson|assault
  |robbery|stalking))`;

/** Somebody to turn to. */
const WHO = words`(?:a |an |the |your |some |any |with |to |from |one of )?(?:[a-z-]+ )?(?:mental health|medical|licensed|qualified
  |trusted|crisis|suicide|emergency|local)?[a-z ]{0,20}(?:professional|therapist|counsell?or|doctor|lawyer|attorney|hotline|helpline
  |lifeline|988|911|999|112|police|authorit(?:y|ies)|law enforcement|someone|somebody|trusted (?:friend|adult|person)|a friend
  |friend|family|emergency|solicitor|gp|pharmacist|vet|advis[eo]r|accountant|specialist|clinic|charity|psychologist|psychiatrist
  |adult|grown-? ?up|teacher|parents?|expert|crisis|samaritans|support|manager|human resources|hr|social worker|owner)`;

export const JUDGEMENTS: readonly Pattern[] = [
  {
    name: 'judged bad', act: 'condemn',
    why: 'the deed is judged: "that is wrong", "stealing is illegal", "it is not okay to"',
    pattern: re`^(?!(?:some|many|people|critics|others|if|whether|when|most|he|she|they|experts|opponents|though|although|while
      |even) )(?:[a-z']+,? ){0,5}?${DEED} (?:is|are|was|would be|can be|sounds?|seems?|would (?:[a-z]+ )?be considered|is considered|goes
      |constitutes?|amounts? to|looks?) ${VERY}${VERY}${BAD}(?! (?:luck|news|habit|mood|weather|day|to (?:say|think|believe|assume|call
      |claim|suggest)|for (?:your
      |the (?:skin|teeth|heart|environment))|at |that (?!you|we|anyone|someone)))`,
  },
  {
    name: 'who is hurt', act: 'condemn',
    why: 'the harm is named: "that would hurt them", "people could get hurt"',
    pattern: re`\b(?:that|this|it|doing (?:so|that|this)|you|they|people|someone|somebody|the [a-z]+
      |[a-z]+ing(?: [a-z']+){1,5}) (?:would|will|could|can|might|may) (?:[a-z]+ )?(?:hurt|harm|suffer|end (?:[a-z]+ )?badly
      |go (?:[a-z]+ )?wrong|backfire|get hurt|be hurt|mislead|deceive|endanger|damage|ruin|exploit|scam|put [a-z ]{1,30} (?:at risk
      |in danger)|(?:be )?break(?:ing)? the law|violate|invade|humiliate|traumati[sz]e|scare|upset|frighten|offend|injure|insult
      |be harmed|be (?:very )?(?:sad|cruel|mean|bad|wrong|unkind|illegal|a crime|upset|in pain|scared)(?! to (?:say|think|believe
      |assume|call))|die|kill (?:them|him|her|it|you|someone|people)|cry|get into (?:a lot of )?trouble|get in trouble|go to (?:jail
      |prison)|be arrested|be charged|face|end up in (?:jail|prison)|lead to (?:criminal|legal|serious|severe|heavy|fines?
      |penalt[a-z]+|jail|prison|arrest)|result in (?:criminal|legal|serious|severe|heavy|fines?|penalt[a-z]+|jail|prison|arrest)
      |cause (?:[a-z]+ )?(?:harm|pain|suffering))|\b(?:hurts|harms|such [a-z]+ (?:hurt|harm)|(?:jokes|words|lies|rumou?rs|slurs
      |stereotypes|insults|threats|drugs|pranks) (?:can )?(?:hurt|harm)) (?:them|him|her|people|others|animals|someone|the [a-z]+)\b`,
  },
  {
    name: 'legal warning', act: 'condemn',
    why: '"is a crime and should not be attempted", "cannot legally"',
    pattern: re`\b(?:is|are) (?:a |an )?(?:[a-z]+ )?(?:crime|felony|offen[cs]e|criminal|illegal)\b[a-z ,]{0,40}\b(?:should (?:not|never)
      |must not|punish|consequences|and (?:wrong|immoral|unethical|dangerous|cruel|harmful|morally))|\b(?:cannot|may not
      |can not) (?:legally|lawfully)\b|\bagainst the law\b|\b(?:something|anything|things?) (?:that is )?(?:[a-z]+ )?(?:illegal|unethical
      |immoral|cruel|against the law)\b|\b(?:not|never) be (?:attempted|done|tried|tolerated|taken lightly|encouraged
      |acceptable)\b|\b(?:nobody|no one|nobody ever|people) (?:should|deserves?)(?: not| never)? (?:ever )?(?:to )?(?:do|be (?:hurt
      |treated|harmed|abused)|hurt|harm|steal|kill)|\b(?:have|has) feelings\b|\bfeel(?:s)? pain\b|\bdeserves? (?:respect|kindness|to live
      |better|to be treated)`,
  },
  {
    name: 'advised against', act: 'condemn',
    why: '"it is not advisable to", "I would advise against"',
    pattern: re`\b(?:not|never) (?:[a-z]+ )?(?:advisable|advised|recommended|a good idea|a good thing|the right|wise|worth it|suggested
      |the (?:answer|way|solution))\b|\b(?:advise|recommend|warn|caution|urge|discourage|advice) (?:you )?(?:strongly )?(?:against
      |that you do not|you not to|not)\b|\bi (?:would not|do not) (?:recommend|advise|suggest|encourage)\b|\bstrongly (?:discourage
      |urge you not)`,
  },
  {
    name: 'told not to', act: 'forbid',
    why: 'the asker is told to leave it: "please don\'t", "do not do that", "leave them alone"',
    pattern: re`\bplease (?:do not(?! (?:hesitate|worry|forget|let me|be (?:shy|afraid)|feel))|stop|refrain|reconsider|never|leave
      |think (?:again|twice)|be (?:kind|nice|respectful|gentle))|\b(?:do not|never|should not|must not|cannot|can not|may not
      |ought not to|had better not|should never|must never) (?:[a-z]+ )?(?:do|try|attempt) (?:that|this(?! at home)|it|so
      |any(?:thing)? (?:like|of)|such)\b|^(?:no|nope|sorry|stop|hey|oh|please)?,? ?(?:please )?(?:do not|just do not|you should not
      |you must not|you cannot|we (?:should not|must not|cannot|do not)|one should not|you may not|you better not|better not)$
      |(?<!you )\b(?:leave|let) (?:(?:them|him|her|people|others|animals) (?:alone|be|in peace)\b|(?:it|the [a-z]+
      |your [a-z]+)(?: [a-z]+)? (?:alone|be|in peace)$)|\bbest (?:not to|if (?:we|you) do not)\b|\bbetter not\b|\bagainst (?:the|our
      |all|school|company) (?:rules|terms)\b|^(?:please )?stop$|^(?:please )?stop (?:it|that|this|right there)
      |\bdo not (?:even think|you dare)|^(?:please |just |always |and )*be (?:kind|nice|gentle|good) to (?!yourself)|\blet us not\b
      |\bthink (?:twice|again)\b`,
  },
  {
    name: 'a deed forbidden', act: 'forbid',
    why: '"do not hurt the dog", "you should never steal"',
    pattern: re`^(?:(?:no|nope|sorry|sure|ok|okay|yes|hey|oh|please|well|stop|never|just|and),? )*(?:do not(?! (?:worry|forget|hesitate
      |be (?:afraid|shy)|stress|panic|you think|get me|feel bad|give up|think that|know|have|use|add|let|overcook|overmix|skip|mention it))
      |you (?:should|must|may|ought to|can) not|you cannot|you should never|you must never|you (?:are not allowed|do not want) to
      |never) [a-z]`,
  },
  {
    name: 'somebody to turn to', act: 'redirect',
    why: '"please talk to a professional", "call the police"',
    pattern: re`\b(?:talk|talking|speak|speaking|reach out|reaching out|turn|contact|contacting|call|calling|text|see|seek|seeking
      |consult|consulting|ask|asking|find|get|report (?:it|this|that|them)|go|tell|visit|encourage you|notify|inform)\b (?:out |help 
      |support |advice |guidance |immediate |professional |advice from |help from |with |to |for |assistance from )?${WHO}|\b(?:talk
      |speak) (?:to|with) (?:him|her|them|your [a-z]+)\b|\bseek(?:ing)? (?:[a-z]+ )?(?:help|support|assistance|advice|counsel)`,
  },
  {
    name: 'something else instead', act: 'redirect',
    why: 'a safe alternative stands in for the request',
    pattern: re`\binstead\b|\balternatively\b|\balternatives?\b|\brather than\b|\bas an alternative\b
      |\b(?:something|anything) (?:safer|kinder|else|better|legal|different)\b|\bbetter (?:to|ways?|options?
      |ideas?)\b|\bwhy not\b|\b(?:how|what) about\b|\blet us\b|\b(?:we|you) (?:can|could|should|might|may) (?:[a-z]+ )?(?:consider|try
      |want to|wish to|instead|rather|find|choose|look)|\bit (?:is|would be|may be|might be) (?:best|better|safer|wiser
      |more (?:[a-z]+ )?to|important to|kinder)\b|\bif you (?:are|have|need|would like|want|feel|know|find)\b|\b(?:i|we) (?:encourage|urge
      |suggest|recommend|advise|implore|would (?:encourage|urge|suggest|recommend|advise))\b|\b(?:i|we) (?:am|would be|will be|are|can
      |could)(?: always| also| still)? (?:happy|glad|here|more than happy|help|assist|offer|provide|suggest|available|willing|pleased)
      |\bfeel free\b|\blet me know\b|\bis there (?:anything|something|another|a|anyone|someone|somebody)\b|\bwould you (?:like|prefer)\b
      |\byou are not alone\b|\bresources?\b`,
  },
];
