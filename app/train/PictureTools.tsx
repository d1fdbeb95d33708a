import { useId, useState, type ReactNode } from 'react';
import { stripSvg } from '../charts/strip_picture';
import type { StepWindow } from '../charts/step_window';
import { tick } from '../format';
import controls from '../shell/controls.module.css';
import { fileName, saveFile } from '../shell/save_file';
import { tagText } from '../shell/tag';
import type { Run } from '../store/run';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
import { curveOf } from './curves';
import { MEASURES, MORE_STRIPS, STRIPS, type StripId } from './measures';
import { runCsv } from './run_csv';
import { savePng, saveSvg, themeColours } from './save_picture';
import css from './ChartTools.module.css';

const ALL = 'all';

/** The strips as pictures, the numbers of the run in front as a table. */
export function PictureTools({ runs, window }: { readonly runs: readonly Run[]; readonly window: StepWindow }): ReactNode {
  const { chart, strips } = strings.train;
  const more = useStudio((state) => state.chart.more);
  const [wanted, setChosen] = useState<StripId | typeof ALL>(ALL);
  const [failed, setFailed] = useState(false);
  const id = useId();
  const all = more ? [...STRIPS, ...MORE_STRIPS] : STRIPS;
  // A strip that is folded away again cannot be in a picture of what is shown.
  const chosen = wanted === ALL || all.includes(wanted) ? wanted : ALL;
  const ids = all.filter((strip) => chosen === ALL || strip === chosen);
  const front = runs[0];
  const name = (ending: string): string => `h3fusion_${fileName(front?.name ?? '')}_${fileName(chosen === ALL ? '' : strips[chosen].plain)}`.replace(/_+$/, '') + ending;
  const png = (): void => {
    setFailed(false);
    savePng(name('.png'), drawing(runs, ids, window)).catch(() => { setFailed(true); });
  };
  if (front === undefined) return null;
  return (
    <div className={css['picture']}>
      <label htmlFor={id}>{chart.picture}</label>
      <select id={id} value={chosen} onChange={({ target }) => { setChosen(target.value as StripId | typeof ALL); }}>
        <option value={ALL}>{chart.allStrips}</option>
        {all.map((strip) => <option key={strip} value={strip}>{strips[strip].plain}</option>)}
      </select>
      <button type="button" className={controls['word']} onClick={() => { saveSvg(name('.svg'), drawing(runs, ids, window)); }}>{chart.svg}</button>
      <button type="button" className={controls['word']} onClick={png}>{chart.png}</button>
      <button type="button" className={controls['word']} onClick={() => { saveFile(`h3fusion_${fileName(front.name)}.csv`, runCsv(front.record), 'text/csv'); }}>{chart.csv}</button>
      <p role="status">{failed ? chart.failed : ''}</p>
    </div>
  );
}

/** As they are drawn now; the caption says of what run, and whether it was live. */
function drawing(runs: readonly Run[], ids: readonly StripId[], window: StepWindow): string {
  const state = useStudio.getState();
  return stripSvg({
    window, tick, colour: themeColours(), caption: strings.train.chart.caption(runs.map(({ name }) => name).join(', '), tagText(state)),
    strips: ids.map((id) => ({ ...curveOf(runs, id, state.chart, window), note: strings.train.strips[id].note, height: MEASURES[id].height })),
  });
}
