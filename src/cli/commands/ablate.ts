import { ablate, FACTORS, variants, type AblationRow } from '../../study/ablate';
import { command } from '../command';
import { alignColumns } from '../eval_table';
import { openStudy, some, studyOptions } from '../open_study';

export const ablateCommand = command({
  name: 'ablate',
  summary: 'fuses by the default recipe but for one thing at a time, and compares on the test split',
  examples: ['ablate --seeds 1,2,3', 'ablate --only top-k,routing --seeds 1 --steps 100 --json'],
  options: {
    only: some(FACTORS, 'these factors alone'),
    ...studyOptions,
  },
  run: async (values, context) => {
    const started = performance.now();
    const { study, recipe, seeds, rows: counts, close } = await openStudy('ablate', values, context);
    try {
      const all = variants(recipe, Math.min(...Object.values(counts.fusion)), values.only ?? FACTORS);
      const rows = await ablate(study, all, seeds, (row) => { context.say(`${row.factor} ${row.value}: HHH ${row.mean.hhh.toFixed(3)}`); });
      return {
        json: {
          recipe, ablation: rows, seeds, worldSeed: values['world-seed'], rows: counts, resumed: study.resumed,
          seconds: (performance.now() - started) / 1000,
        },
        text: table(rows),
      };
    } finally {
      close();
    }
  },
});

function table(rows: readonly AblationRow[]): string {
  const lines = rows.map(({ factor, value, mean, spread, validation, routerAccuracy, seconds }) => [
    `${factor} ${value}`.trim(),
    ...(['helpful', 'harmless', 'honest', 'hhh'] as const).map((measure) => `${mean[measure].toFixed(3)} ± ${spread[measure].toFixed(3)}`),
    validation.toFixed(3), routerAccuracy === null ? '–' : routerAccuracy.toFixed(3), seconds.toFixed(0),
  ]);
  return `${alignColumns([['', 'helpful', 'harmless', 'honest', 'HHH', 'validation', 'router', 's'], ...lines])}\n`
    + 'Test split, mean ± standard deviation over seeds; HHH on validation; router accuracy on the test prompts; seconds a run.';
}
