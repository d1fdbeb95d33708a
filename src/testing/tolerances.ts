/** Named bounds on relative errors in norm; docs/NUMERICS.md says why each has its size. None is widened to go green. */
export const TOLERANCE = {
  /** A float64 reference against central finite differences with h = 1e-4. */
  finiteDifference: 1e-6,
  /** One f32 kernel against its float64 reference: a few hundred roundings of 6e-8, summed in norm. */
  kernel: 2e-6,
  /** Kernels with exp, log or inverseSqrt, which WGSL lets an adapter compute to a few ulp. */
  transcendental: 1e-5,
  /** A whole model's gradient: some dozens of kernels in a row. */
  model: 1e-4,
} as const;
