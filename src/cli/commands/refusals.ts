import { parseDataset } from '../../data/dataset';
import type { Row } from '../../data/rows';
import { classifyAnswer, VERDICTS, type Verdict } from '../../eval/refusal/classify';
import { readBytes } from '../../headless/directory';
import { command } from '../command';
import { EMBEDDED } from '../embedded';
import { integer, path, text } from '../options';

/** Lines of each kind that are shown to people. */
const SHOWN = 3;
const WIDTH = 100;

export const refusalsCommand = command({
  name: 'refusals',
  summary: 'which answers of a file decline their request, by rules',
  examples: ['refusals --data answers.jsonl --json', 'refusals --data answers.csv --column completion --limit 100'],
  options: {
    data: path('FILE', EMBEDDED.data.get('harmless') ?? '', 'prompts and answers: JSON list, JSON lines or table; unsafe rows too'),
    column: text('NAME', null, 'column of the answers (default: output, response, completion or answer); a request is then not needed'),
    limit: integer(null, 'the first N rows', { min: 1 }),
  },
  run: async ({ data, column, limit }) => {
    const options = { unsafe: true, emptyResponses: true, ...(column === null ? {} : { response: column }) };
    const rows = parseDataset(await readBytes(data), data, 'plain', options).rows.slice(0, limit ?? undefined);
    const verdicts = rows.map(({ prompt, response }) => classifyAnswer(response, prompt).verdict);
    const counts = tally(verdicts, 1);
    const rates = tally(verdicts, 1 / rows.length);
    return { json: { file: data, rows: rows.length, counts, rates, verdicts }, text: report(rows, verdicts) };
  },
});

/** `unit` times the number of each verdict. */
function tally(verdicts: readonly Verdict[], unit: number): Record<Verdict, number> {
  const of = (verdict: Verdict): number => unit * verdicts.filter((each) => each === verdict).length;
  return { refusal: of('refusal'), partial: of('partial'), compliance: of('compliance') };
}

function report(rows: readonly Row[], verdicts: readonly Verdict[]): string {
  const counts = tally(verdicts, 1);
  const table = VERDICTS.map((verdict) => (
    `${verdict.padEnd(10)}  ${String(counts[verdict]).padStart(6)}  ${(100 * counts[verdict] / rows.length).toFixed(1).padStart(5)} %`));
  const samples = VERDICTS.flatMap((verdict) => {
    const found = rows.filter((_, i) => verdicts[i] === verdict).slice(0, SHOWN);
    return found.length === 0 ? [] : ['', `${verdict}:`, ...found.map(({ response, line }) => `  ${line}: ${oneLine(response)}`)];
  });
  return [`${rows.length} answers`, ...table, ...samples].join('\n');
}

/** Answers are other people's text: what would move the cursor or change colours is left out. */
function oneLine(answer: string): string {
  const clean = answer.slice(0, 4 * WIDTH).replace(/[\p{C}\s]+/gu, ' ').trim();
  const letters = Array.from(clean);
  if (letters.length === 0) return '(empty)';
  return letters.length > WIDTH ? `${letters.slice(0, WIDTH - 1).join('')}…` : clean;
}
