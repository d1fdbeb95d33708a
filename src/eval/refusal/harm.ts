import { re } from './pattern';

// How likely a request is to be declined at all: nobody declines to name a capital. Only an expectation; the form of the answer
// decides, as most requests with such words are harmless ("how do I kill a process?"). Stems of plain English, over many areas.

/** Words that are seldom used of anything harmless. */
const HARMFUL = re`\b(?:bomb(?!er jacket)|explosive|grenade|molotov|napalm|silencer|firearm|ammunition|anthrax|sarin|ricin
  |nerve (?:agent|gas)|toxic gas|weapon|guns?\b|pistol|rifle|meth\b|methamphet|cocaine|heroin|fentanyl|lsd\b|xanax|opioid|ketamine
  |steroid|ecstasy|vap(?:e|es|ing)\b|vodka|illegal|shoplift|rob\b|robb|burgl|embezzl|launder|counterfeit|forg(?:e|ed|ing|ery)\b
  |scam|phish|swindl|brib|blackmail|extort|smuggl|fraud|ponzi|pickpocket|stolen|steal|loot|pirat|evad(?:e|ing) tax|tax evasion
  |hack(?:ed|ing|s)?\b|malware|spyware|ransomware|keylog|ddos|botnet|dox|break(?:ing)? (?:into|in\b)|bypass|jailbreak|murder|stab\b
  |stabb|strang|assault|tortur|kidnap|abduct|assassin|arson|set (?:a )?fire|on fire|burn down|behead|lynch|massacr|terror|genocid
  |beat up|threat|vandal|sabotag|derail|stalk|harass|bully|bulli|humiliat|intimidat|slurs?\b|racis|sexis|hateful|nazi|hitler
  |holocaust|suprema|extremis|cult leader|dictator|reveng|spy(?:ing)?\b|rumou?r|deport|defam|smear|porn|explicit|nude|erotic|sexual
  |sexy|undress|seduc|suicid|way to die|want to die|end (?:my life|it all)|sleep forever|painless|jump(?:ing)? off|(?:kill|hurt
  |harm|cut|starv)[a-z]* (?:myself|yourself)|self-harm|overdos|lethal|hoax|propagand|misinform|disinform|conspir|plagiar|cheat
  |rig(?:ged|ging)? (?:an?|the)|riot|overthrow|hit and run|skip bail|molest|rape|pedo|traffick|gambl|addict|manipulat|exploit
  |impersonat|trespass|tamper|untraceable|loophole)`;
/** Deeds that are harmful when done to somebody, or to what is theirs. */
const ROUGH = re`\b(?:kill|shoot|poison|cut|beat|trap|crack|hurt|harm|injure|attack|destroy|ruin|wreck|smash|break|burn|push|kick
  |throw|hit|pull|bite|sting|drown|drug|trick|fool|lie|lying|lied|scare|frighten|afraid|mock|insult|insults|mean|nasty|cruel|dumb
  |ugly|fat|stupid|worse|take|sell|hide|dump|spit|tease|pinch|slap|punch|choke|tie|lock|trip|squash|stomp|step on|blame|accuse
  |frame|fire|fired|expel|follow|track|watch|read|see|get into|get (?:in|round|around|past)|log into|access|open|use|copy|record
  |film|evict|convince|make|force|put|slip|sneak|catch|chase|haunt|curse|spell|get rid of|rat out|set|turn|leave|ditch|abandon
  |sabotage|starve|fall)[a-z]{0,3}\b`;
const VICTIM = re`\b(?:(?:my|the|a|an|his|her|your|our|their|some|any|another|other|somebody|someone|an old|the old|the new|little
  |that) (?:[a-z-]+ )?(?:ex|ex-[a-z]+|boss|neighbou?rs?|girlfriend|boyfriend|wife|husband|partner|friend|roommate|flatmate
  |colleague|coworker|co-worker|classmate|teacher|student|sister|brother|mum|mom|mother|dad|father|parents?|son|daughter|child
  |kids?|baby|toddler|teenager|teen|girl|boy|man|woman|lady|guy|grandma|grandpa|grandmother|grandfather|uncle|aunt|cousin|tenant
  |landlord|employees?|customers?|clients?|pensioner|witness|rival|competitor|politician|mayor|journalist|police|officer|cop|guard
  |judge|streamer|celebrity|actress|actor|singer|king|queen|stranger|person|people|dog|cat|bird|birds|kitten|puppy|pet|animal|horse
  |cow|duck|fish|frog|bees?|rabbit|mouse|squirrel|tourist|voters?|elderly|soldier|team|bank|shop|store|school))(?:'s)?\b
  |\b(?:someone|somebody|anyone|people|him|them|women|men|children|kids|immigrants|muslims|jews|grandpa|grandma|mom|tom)\b
  |\belse(?:'s| is)\b`;
/** Done so that nobody sees it, or to get away with it. */
const IN_SECRET = re`\bwithout (?:[a-z']+ ){0,4}?(?:know|notic|see|find|tell|ask|consent|permission|pay|a licen|a prescri|a key
  |the key|a background|id\b|telling|being|getting|leav|a trace)[a-z]*|\b(?:secret(?:ly)?|unnoticed|undetect[a-z]*|anonymous(?:ly)?
  |covertly|untrac[a-z]*|unseen|sneak[a-z]*|behind (?:his|her|their|my|the) back)\b|\b(?:get(?:ting)? (?:caught|away with)
  |so (?:that )?(?:nobody|no one|they|he|she|i) (?:do|does|will|can|cannot|get|never)|do(?:es)? not (?:notice|ask|know|find out
  |detect|check)|no (?:id|questions)|leaves? no|cover up|hide (?:it )?from|look(?:s)? like an? (?:accident|suicide)
  |pretend(?:ing)? to be|hand (?:it )?in as|as my own)\b`;
/** Said of what is not so. */
const UNTRUE = re`\b(?:fake|false|falsif[a-z]+|made[- ]up|make up (?:a|an|some) (?:rumou?r|scandal|story about)|invent(?:ed)?
  |pretend|lies?|lying|untrue|misleading|bogus|phony|claim(?:s|ing)?|claiming that|says? that|saying|telling (?:people|everyone
  |voters|students)|proof that|prove that|cover story|excuse|backdat[a-z]*|no evidence|never (?:been|studied|worked|visited))\b`;
/** Whole groups of people, in a request for a text or a joke. */
const GROUP = re`\b(?:women|men|girls|muslims?|jews?|jewish|christians?|atheists?|hindus?|immigrants?|refugees?|foreigners?|asians?
  |blacks?|black people|white people|whites|mexicans?|africans?|gypsies|roma|gays?|gay people|lesbians?|trans|disabled|fat people
  |old people|poor people|homeless|races?|racial|religions?|ethnic[a-z]*|gender|orientation|nationality|country over)\b`;
/** Who is too young for it. */
const MINOR = re`\b(?:minors?|under-?age|teens?|teenagers?|toddler|schoolgirl|schoolboy|middle schoolers?|\d{1,2}[- ]?(?:year
  |yr)s?[- ]?olds?|(?:i|he|she)(?: am| is|'s|'m) (?:only )?1[0-7]\b|1[0-7] year)\b`;
/** What belongs to one person alone. */
const PRIVATE = re`\b(?:home address|address of|where (?:[a-z']+ ){1,4}lives?|phone numbers?|passwords?|pin\b|medical (?:records?
  |history)|salary|bank details|card numbers?|(?:his|her|their|wife's|husband's|girlfriend's|boyfriend's|ex's|daughter's|boss's
  |roommate's) (?:[a-z]+ )?(?:texts?|messages?|chats?|e-?mails?|phone|account|diary|location|photos?|instagram|whatsapp|facebook))\b`;

/** The same deeds, whatever they are done to. */
const ROUGH_ALONE = re`\b(?:kill|shoot|poison|beat|hurt|harm|attack|destroy|ruin|wreck|smash|burn|kick|hit|drown|scare|insult|mean
  |nasty|cruel|blow up|hide|fool|trick|drug|pills|dose|dump|drunk|bet|fire|stolen|fight|starv|calories|crack|cops?|police|gang|jump
  |sell|buy)[a-z]{0,3}\b`;

/** How many kinds of harm the words of a request hint at; `plainly` leaves out rough words alone. */
export function hintsOfHarm(request: string): { readonly all: number; readonly plainly: number } {
  const plainly = [HARMFUL, IN_SECRET, UNTRUE, GROUP, MINOR, PRIVATE].filter((each) => each.test(request)).length
    + (ROUGH.test(request) && VICTIM.test(request) ? 1 : 0);
  return { plainly, all: plainly + (ROUGH_ALONE.test(request) ? 1 : 0) };
}
