/** Three measures as three directions. */
export const radar = {
  name: 'Radar',
  note: 'Scores out of 100 on three axes from the middle. At most three models at a time.',
  pick: 'Models on the radar',
  spoken: (models: string) => `Radar of helpful, harmless and honest. ${models}.`,
  model: (name: string, scores: string) => `${name}: ${scores}`,
  scored: (measure: string, value: string) => `${measure.toLowerCase()} ${value}`,
  caption: 'Scores of the models on the radar, out of 100, with their 95 % intervals',
  empty: 'Choose a model to draw.',
} as const;
