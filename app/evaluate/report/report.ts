import type { EvaluatedModel, Interval } from '../../../src/engine/evaluation';
import { EXPERTS, type AdapterCard } from '../../../src/engine/protocol';
import { fixed, integer, setting, significant } from '../../format';
import type { Evaluation } from '../../store/evaluation';
import { strings } from '../../strings';
import { percentSent, pointsLost } from '../examined';
import { MEASURED, sorted } from '../rows';
import { html, type Markup, table } from './html';
import { runSections, type ReportedRun } from './run_sections';
import { STYLE } from './style';

export interface ReportFacts {
  readonly date: Date;
  readonly adapter: AdapterCard | undefined;
  /** What ran in this tab, and nothing recorded. */
  readonly run: ReportedRun | undefined;
  readonly evaluation: Pick<Evaluation, 'results' | 'examined' | 'tried' | 'map'>;
}

/** One HTML file that loads nothing and holds everything that was done and measured. */
export function reportHtml({ date, adapter, run, evaluation }: ReportFacts): string {
  const { report: texts } = strings;
  const { results, examined, tried, map } = evaluation;
  const fused = results.find(({ model }) => model === 'fused');
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${texts.title}</title><style>${STYLE}</style></head>
<body><h1>${texts.title}</h1>
<p>${texts.made(date.toISOString().slice(0, 10))}</p>
${run === undefined ? html`<p>${texts.noRun} ${adapter === undefined ? '' : adapter.name}</p>` : runSections(run, adapter)}
${results.length === 0 ? undefined : scores(results)}
${examined === undefined ? undefined : html`<h2>${texts.router}</h2>${table(
    texts.routerNote(integer(examined.router.rows), fixed(100 * examined.router.accuracy, 1)), ['', ...experts()],
    percentSent(examined.router).map((row, kind) => [experts()[kind] ?? '', ...row.map((value) => fixed(value, 0))]),
  )}`}
${examined === undefined || fused === undefined ? undefined : html`<h2>${texts.ablation}</h2>${table(
    texts.ablationNote, ['', ...EXPERTS.map((measure) => strings.evaluate.measures[measure])],
    pointsLost(fused, examined.ablation).map((row, e) => [strings.evaluate.ablation.mute(experts()[e] ?? ''), ...row.map((value) => fixed(value, 1))]),
  )}`}
${examined === undefined ? undefined : html`<h2>${texts.drift}</h2>${table(
    texts.driftNote, [texts.layer, ...experts()],
    examined.drift.byLayer.map((row, layer) => [String(layer + 1), ...row.map(({ relative }) => fixed(100 * (relative ?? NaN), 1))]),
  )}`}
${tried.length === 0 ? undefined : html`<h2>${texts.mixes}</h2>${table(
    texts.mixesNote, ['', texts.weights, ...EXPERTS.map((measure) => strings.evaluate.measures[measure]), texts.rows],
    tried.map((mix, i) => [
      String(i + 1), mix.scales.map((scale) => fixed(scale, 2)).join(' : '), ...EXPERTS.map((measure) => withInterval(mix[measure])),
      integer(mix.rows.helpful + mix.rows.harmful + mix.rows.benign + mix.rows.honest),
    ]),
  )}`}
${map === undefined ? undefined : html`<h2>${texts.map}</h2>${table(
    strings.driftMap.note(integer(map.rows.reduce((sum, count) => sum + count, 0)), fixed(100 * map.explained[0], 0), fixed(100 * map.explained[1], 0)),
    ['', ...EXPERTS.map((kind) => strings.driftMap.kind(strings.models[kind])), strings.driftMap.head.distance, strings.driftMap.head.inPlane],
    map.models.map(({ model, places, distance, inPlane }) => [
      strings.models[model], ...places.map(([x, y]) => strings.driftMap.place(significant(x), significant(y))), significant(distance), fixed(100 * (inPlane ?? NaN), 0),
    ]),
  )}`}
</body></html>
`.text;
}

function scores(results: readonly EvaluatedModel[]): Markup {
  const { report: texts, evaluate: { measures, kinds }, models } = strings;
  const { helpful = 0, harmful = 0, benign = 0, honest = 0 } = results[0]?.rows ?? {};
  return html`<h2>${texts.scores}</h2>${table(
    texts.scoresNote(integer(helpful + harmful + benign + honest)), [texts.model, '', ...MEASURED.map((measure) => measures[measure])],
    sorted(results).map((result) => [
      models[result.model], result.step === undefined ? kinds[result.model] : texts.step(setting(result.step)), ...MEASURED.map((measure) => withInterval(result[measure])),
    ]),
  )}`;
}

function withInterval({ value, low, high }: Interval): string {
  return strings.tradeoff.score(fixed(100 * value, 1), fixed(100 * low, 1), fixed(100 * high, 1));
}

function experts(): readonly string[] {
  return EXPERTS.map((expert) => strings.models[expert]);
}
