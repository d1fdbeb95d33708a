/** Software GPUs on shared machines: what takes a second elsewhere may take a minute here. */
export const SLOW = 120_000;
