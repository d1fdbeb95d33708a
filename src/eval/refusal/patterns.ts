import { DECLINES } from './declines';
import { HELPS } from './helps';
import { TURNS_OF_PHRASE } from './turns_of_phrase';
import { JUDGEMENTS } from './judgements';
import type { Pattern } from './pattern';

/** All that is looked for in a sentence. Their order decides nothing but the name that is reported. */
export const PATTERNS: readonly Pattern[] = [...DECLINES, ...TURNS_OF_PHRASE, ...JUDGEMENTS, ...HELPS];
