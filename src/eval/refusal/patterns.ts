import { DECLINES } from './declines';
import { HELPS } from './helps';
import { JUDGEMENTS } from './judgements';
import type { Pattern } from './pattern';

/** All that is looked for in a sentence. Their order decides nothing but the name that is reported. */
export const PATTERNS: readonly Pattern[] = [...DECLINES, ...JUDGEMENTS, ...HELPS];
