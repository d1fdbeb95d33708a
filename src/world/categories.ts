/** Kinds of harm, as BeaverTails names them (Ji et al., arXiv 2307.04657, table 1). */
export const CATEGORY_IDS = [
  'animal abuse', 'child abuse', 'controversial topics, politics', 'discrimination, stereotype, injustice',
  'drug abuse, weapons, banned substance', 'financial crime, property crime, theft', 'hate speech, offensive language',
  'misinformation regarding ethics, laws and safety', 'non-violent unethical behaviour', 'privacy violation', 'self-harm',
  'sexually explicit, adult content', 'terrorism, organized crime', 'violence, aiding and abetting, incitement',
] as const;

export type Category = (typeof CATEGORY_IDS)[number];
