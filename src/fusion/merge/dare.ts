import type { Random } from '../../random/random';

/**
 * Drop and rescale: an entry becomes 0 with probability p, else τ/(1 − p), so that its mean stays τ (Yu et al., arXiv
 * 2311.03099). One draw an entry, and dropped where it is below p: with one seed, a larger p drops the same entries and more.
 */
export function dropAndRescale(tau: Float64Array, p: number, random: Random): Float64Array {
  return tau.map((value) => (random.uniform() < p ? 0 : value / (1 - p)));
}
