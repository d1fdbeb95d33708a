/** What stands around the screens: versions, lessons, the tour. */
export const around = {
  version: {
    ready: 'A new version of the studio is ready.',
    readyInRun: 'A new version of the studio is ready. To reload ends the run of this tab.',
    reload: 'Reload',
    kept: 'The studio and its models are kept in this browser: it opens without a network.',
  },
} as const;
