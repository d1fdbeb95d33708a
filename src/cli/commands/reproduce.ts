import { PAPER_MARGINS, reproduce, type Named, type ReproduceResult } from '../../study/reproduce';
import { CONTENDER_IDS } from '../../study/contenders';
import { command } from '../command';
import { alignColumns } from '../eval_table';
import { openStudy, some, studyOptions } from '../open_study';
import { flag } from '../options';
import { duration } from '../progress';

export const reproduceCommand = command({
  name: 'reproduce',
  summary: 'fuses with several seeds, tunes every baseline on validation, and compares all on the test split',
  examples: ['reproduce --headline', 'reproduce --seeds 1,2,3 --world-seed 7 --json', 'reproduce --limit 20 --seeds 1 --steps 50 --headline'],
  options: {
    headline: flag('leaves out what stands in no ratio: the aggregator, joint training, the paper\'s recipes'),
    without: some(CONTENDER_IDS, 'leaves these out'),
    ...studyOptions,
  },
  run: async (values, context) => {
    const started = performance.now();
    const { study, recipe, seeds, rows, close } = await openStudy('reproduce', values, context);
    try {
      const result = await reproduce(study, { recipe, seeds, headline: values.headline, without: values.without ?? [] });
      const seconds = (performance.now() - started) / 1000;
      const { others, ...rest } = result;
      return {
        json: {
          ...rest, ...(values.headline ? {} : { others }), without: values.without ?? [], seeds, worldSeed: values['world-seed'], rows, resumed: study.resumed, seconds,
        },
        text: text(result, seconds),
      };
    } finally {
      close();
    }
  },
});

function text(result: ReproduceResult, seconds: number): string {
  const { fused, bestAligned, bestEnsemble, bestMerge, ratios, others, perSeed } = result;
  const cells = ({ helpful, harmless, honest, hhh }: Omit<Named, 'name'>): string[] => [helpful, harmless, honest, hhh].map((value) => value.toFixed(3));
  const against = (what: string, row: Named, key: keyof typeof PAPER_MARGINS): string[] =>
    [`best ${what}: ${row.name}`, ...cells(row), ratios[key].toFixed(3), PAPER_MARGINS[key].toFixed(4)];
  const lines = [
    ['', 'helpful', 'harmless', 'honest', 'HHH', 'fused is ×', 'paper'],
    [fused.name, ...cells(fused), '', ''],
    against('aligned', bestAligned, 'aligned'), against('ensemble', bestEnsemble, 'ensemble'), against('merge', bestMerge, 'merge'),
    ...others.map((row) => [row.name, ...cells(row), (fused.hhh / row.hhh).toFixed(3), '']),
  ];
  const runs = perSeed.map(({ seed, hhh, seconds: took }) => `seed ${seed}: HHH ${hhh.toFixed(3)} in ${took.toFixed(0)} s`);
  return `${alignColumns(lines)}\nTest split, means over seeds; the best merge and ensemble are those that are best on it.\n`
    + `${runs.join(', ')}; all in ${duration(seconds * 1000)}.`;
}
