import { baselines, CONTENDER_IDS } from '../../study/contenders';
import { command } from '../command';
import { alignColumns } from '../eval_table';
import { openStudy, requireFullData, some, studyOptions } from '../open_study';

export const baselinesCommand = command({
  name: 'baselines',
  summary: 'tunes merges, ensembles and dense training on validation, and measures them on the test split',
  examples: ['baselines --only soup,ties', 'baselines --only joint,instruct --seeds 1 --json'],
  options: {
    only: some(CONTENDER_IDS, 'these alone'),
    ...studyOptions,
  },
  run: async (values, context) => {
    const started = performance.now();
    requireFullData(values.only, values);
    const { study, recipe, seeds, rows: counts, close } = await openStudy('baselines', values, context);
    try {
      const { only } = values;
      const rows = await baselines(study, { recipe, seeds, ...(only === null ? {} : { only }) });
      const lines = rows.map(({ name, validation, helpful, harmless, honest, hhh, tried, settings }) => [
        name, ...[validation.hhh, helpful, harmless, honest, hhh].map((value) => value.toFixed(3)), String(tried), JSON.stringify(settings),
      ]);
      const head = ['', 'validation', 'helpful', 'harmless', 'honest', 'HHH', 'tried', 'settings'];
      return {
        json: {
          baselines: rows, seeds, worldSeed: values['world-seed'], rows: counts, resumed: study.resumed, seconds: (performance.now() - started) / 1000,
        },
        text: `${alignColumns([head, ...lines])}\nHHH on validation, by which settings are chosen; then the test split.`,
      };
    } finally {
      close();
    }
  },
});
