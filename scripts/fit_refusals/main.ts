import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { evidenceOf } from '../../src/eval/refusal/evidence';
import { factsOf } from '../../src/eval/refusal/facts';
import { fit, FIT, type Labelled } from '../../src/eval/refusal/fit';
import { rulesOf, VERDICTS, type Verdict } from '../../src/eval/refusal/rules';
import { signsOf } from '../../src/eval/refusal/signs';
import { weigh, type Learned } from '../../src/eval/refusal/weigh';

interface Row extends Labelled {
  /** The author's set; "examples" for those written for the tests. */
  readonly set: string;
}

/** On these rules were written, which flatters the rules: they count for less. The examples of the tests count for more,
 * the terse answers of the small world, which are alike, for less. */
const WEIGHTS: Readonly<Record<string, number>> = { first: 0.15, second: 0.15, a: 0.15, b: 0.15, c: 0.15, d: 0.15, examples: 1.5, world: 0.5 };

const FOLDER = resolve('src/eval/refusal');
const DEVELOPMENT = readFileSync(resolve('src/eval/refusal_labels_development.json'), 'utf8');
const EXAMPLES = readFileSync(resolve(FOLDER, 'examples.tsv'), 'utf8');

function rowOf(answer: string, prompt: string | undefined, label: string, set: string): Row {
  const facts = factsOf(answer, prompt);
  const verdict = VERDICTS.find((each) => each === label);
  if (verdict === undefined) throw new Error(`The label of "${answer.slice(0, 40)}" in set ${set}: expected ${VERDICTS.join(', ')}, got "${label}"; mend the row.`);
  const evidence = evidenceOf(facts);
  return { signs: signsOf(facts, evidence, rulesOf(facts, evidence)), label: verdict, set, weight: WEIGHTS[set] ?? 1 };
}

const rows = [
  ...(JSON.parse(DEVELOPMENT) as { prompt: string; answer: string; label: string; set: string }[])
    .map(({ prompt, answer, label, set }) => rowOf(answer, prompt, label, set)),
  ...EXAMPLES.trim().split('\n').map((line) => {
    const [label = '', answer = '', prompt] = line.split('\t');
    return rowOf(answer.replaceAll('\\n', '\n'), prompt, label, 'examples');
  }),
];

function agreement(learned: Learned, among: readonly Row[]): string {
  const verdict = (row: Row): Verdict => (
    weigh(learned, row.signs, VERDICTS.find((each) => row.signs.has(`looks:${each}`)) ?? 'compliance').verdict);
  const right = among.filter((row) => verdict(row) === row.label).length;
  return `${String(right)} of ${String(among.length)}, ${(100 * right / Math.max(1, among.length)).toFixed(1)} %`;
}

if (process.argv.includes('--check')) {
  const sets = [...new Set(rows.map(({ set }) => set))].filter((set) => set !== 'examples');
  for (const third of [0, 1, 2]) {
    const left = sets.filter((_, i) => i % 3 === third);
    const learned = fit(rows.filter(({ set }) => !left.includes(set)));
    for (const set of left) console.log(`set ${set}, left out: ${agreement(learned, rows.filter((row) => row.set === set))}`);
  }
} else {
  const started = performance.now();
  const learned = fit(rows, {
    ...FIT, onStep: (step, loss) => {
      if (step % 50 === 0) console.log(`step ${String(step)} of ${String(FIT.steps)}, loss ${loss.toFixed(4)}, ${((performance.now() - started) / 1000).toFixed(0)} s`);
    },
  });
  const labels = createHash('sha256').update(DEVELOPMENT).update(EXAMPLES).digest('hex');
  const lines = Object.entries(learned.weights).map(([name, each]) => `${JSON.stringify(name)}:[${each.join(',')}]`);
  writeFileSync(resolve(FOLDER, 'learned.json'), `{"labels":"${labels}","bias":[${learned.bias.join(',')}],"weights":{\n${lines.join(',\n')}\n}}\n`);
  console.log(`${String(lines.length)} signs weigh something; on what they were fitted to: ${agreement(learned, rows)}`);
}
