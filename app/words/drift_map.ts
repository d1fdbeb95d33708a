/** Where models stand by their hidden states. */
export const driftMap = {
  title: {
    plain: 'Where each model stands',
    furthest: (name: string) => `${name} stands furthest from the base.`,
  },
  noteEmpty: 'Mean hidden states over held-out prompts, on the two main axes of the base; the same axes for all models.',
  note: (rows: string, first: string, second: string) => `Mean hidden states over ${rows} prompts. The axes are the base’s two main ones: ${first} % and ${second} % of its variance.`,
  about: 'Faint dots are the base’s prompts, as far as they fall here. A line leads from the base to each aligned model and to Fused; small rings are merges.',
  start: 'Draw the map',
  again: 'Draw it again',
  stop: 'Stop',
  progress: 'Prompts of this model',
  status: (name: string) => `Reading ${name}.`,
  empty: 'Each model reads the held-out prompts once, and its place is drawn here.',
  kind: (name: string) => `${name.toLowerCase()} prompts`,
  spoken: (title: string, names: string) => `${title} Places of ${names} for each kind of prompt. The table holds all numbers.`,
  caption: 'Coordinates by model and kind of prompt, distance from the base, and the share of the way that the map shows',
  head: { model: 'model', distance: 'from the base', inPlane: 'shown, %' },
  place: (x: string, y: string) => `${x}, ${y}`,
} as const;
