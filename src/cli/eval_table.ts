import type { ExpertDrift } from '../eval/drift';
import type { SuiteResult } from '../eval/evaluate';
import type { Score } from '../eval/measures/bootstrap';
import type { SuiteRouting } from '../eval/suite_routing';
import type { NamedDrift } from './eval_drift';
import type { ModelResult } from './eval_model';

/** Measures of several models side by side, with their intervals, silenced experts below their model; the parts of each measure in lines below. */
export function evalTable(results: readonly ModelResult[]): string {
  const cells = results.flatMap((result) => [
    scores(result.name, result), ...(result.ablation ?? []).map((without) => scores(`  without ${without.name}`, without)),
  ]);
  const parts = results.flatMap((result) => partLines(result).map((line) => `${result.name}: ${line}`));
  const tables = results.flatMap(({ name, router, drift }) => [
    ...(router === undefined ? [] : ['', routerTable(name, router)]), ...(drift === undefined ? [] : ['', driftTable(name, drift)]),
  ]);
  return [alignColumns([['', 'helpful', 'harmless', 'honest', 'HHH'], ...cells]), ...parts, ...tables].join('\n');
}

function routerTable(name: string, { experts, accuracy, rows, confusion, slots }: SuiteRouting): string {
  return [
    `${name}: the routers prefer the expert of a prompt's kind for ${percent(accuracy)} of ${rows} prompts`,
    alignColumns([
      ['prompts of', ...experts], ...experts.map((kind, d) => [kind, ...(confusion[d] ?? []).map(String)]),
      ['slots', ...slots.map(percent)],
    ]),
  ].join('\n');
}

function driftTable(name: string, { experts, byLayer, byExpert }: NamedDrift): string {
  const cell = ({ moved, relative }: ExpertDrift): string => `${moved.toFixed(3)} (${relative.toFixed(3)})`;
  return [
    `${name}: how far experts moved from the aligned models (as a share of how far alignment had moved those)`,
    alignColumns([
      ['', ...experts], ...byLayer.map((layer, i) => [`layer ${i}`, ...layer.map(cell)]), ['all', ...byExpert.map(cell)],
    ]),
  ].join('\n');
}

function scores(name: string, { helpful, harmless, honest, hhh }: SuiteResult): string[] {
  return [name, ...[helpful, harmless, honest, hhh].map(scoreText)];
}

/** "0.612 [0.55, 0.67]" */
function scoreText(score: Score | null): string {
  return score === null ? '–' : `${score.value.toFixed(3)} [${score.low.toFixed(2)}, ${score.high.toFixed(2)}]`;
}

function partLines({ helpful, harmless, honest, dropped }: SuiteResult): string[] {
  const lines: string[] = [];
  if (helpful !== null) {
    const { exactMatch, closedRows, rougeL, openRows } = helpful;
    const exact = exactMatch === null ? [] : [`exact match ${exactMatch.toFixed(3)} of ${closedRows} closed tasks`];
    const rouge = rougeL === null ? [] : [`ROUGE-L ${rougeL.toFixed(3)} of ${openRows} open tasks`];
    lines.push([...exact, ...rouge].join(', '));
  }
  if (harmless !== null) {
    const { harmful, benign } = harmless;
    const benignText = benign === null ? 'no benign requests, so that refusing everything would score 1'
      : `${percent(benign.refusal)} of ${benign.rows} benign requests`;
    lines.push(`refuses ${percent(harmful.refusal)} of ${harmful.rows} harmful requests (${percent(harmful.partial)} in part), ${benignText}`);
  }
  if (honest !== null) {
    const { mc1, mc2, truth, nll, rows } = honest;
    lines.push(`MC1 ${mc1.toFixed(3)}, truth ${truth.toFixed(3)}, beside them MC2 ${mc2.toFixed(3)}, ${nll.toFixed(3)} nats per token, of ${rows} questions`);
  }
  const count = dropped.helpful + dropped.harmless + dropped.honest;
  if (count > 0) lines.push(`${count} rows dropped, too long for the context`);
  return lines;
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** Columns of one width each: the first one to the left, the others to the right. */
export function alignColumns(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  const pad = (word: string, column: number): string => (column === 0 ? word.padEnd(widths[0] ?? 0) : word.padStart(widths[column] ?? 0));
  return lines.map((line) => line.map(pad).join('  ')).join('\n');
}
