import { useState, type ReactNode } from 'react';
import type { EvaluatedModel } from '../../src/engine/evaluation';
import { integer } from '../format';
import { Part } from '../lesson/Part';
import controls from '../shell/controls.module.css';
import { ErrorNotice } from '../shell/ErrorNotice';
import { saveFile } from '../shell/save_file';
import { Segments } from '../shell/Segments';
import { evaluate, measurable, stopEvaluation } from '../store/evaluation';
import { isFused, useStudio } from '../store/studio';
import { strings } from '../strings';
import { AblationPanel } from './AblationPanel';
import { ConfusionPanel } from './ConfusionPanel';
import { DotRows } from './DotRows';
import { EmptyRows } from './EmptyRows';
import { DriftPanel } from './DriftPanel';
import { DriftMapPanel } from './map/DriftMapPanel';
import { leftOf, useWhyNot } from './measuring';
import { RadarView } from './radar/RadarView';
import { csv, titleOf } from './rows';
import { SavePanel } from './save/SavePanel';
import { ScoreTable } from './ScoreTable';
import { MixPanel } from './tradeoff/MixPanel';
import { TradeoffPanel } from './tradeoff/TradeoffPanel';
import css from './EvaluateView.module.css';

type Shown = 'dots' | 'radar' | 'table';

const VIEWS: Readonly<Record<Shown, (props: { readonly results: readonly EvaluatedModel[] }) => ReactNode>> = { dots: DotRows, radar: RadarView, table: ScoreTable };

/** How helpful, harmless and honest each model is, on prompts that none was trained on. */
export function EvaluateView(): ReactNode {
  const texts = strings.evaluate;
  const { results, examined, now } = useStudio((state) => state.evaluation);
  const [shown, setShown] = useState<Shown>('dots');
  const View = VIEWS[shown];
  const counts = results[0]?.rows;
  const fused = results.find(({ model }) => model === 'fused');
  const strange = useStudio(({ cards }) => cards[0] !== undefined && cards[0].origin !== 'embedded');
  return (
    <>
      <div className={css['head']}>
        <div>
          <h1 tabIndex={-1}>{titleOf(results)}</h1>
          <p className={css['note']}>
            {counts === undefined ? texts.noteIdle : `${texts.note(integer(counts.helpful + counts.harmful + counts.benign + counts.honest))} ${texts.notes[shown]}`}
          </p>
          {strange ? <p className={css['note']}>{texts.strange}</p> : null}
        </div>
        <div className={css['actions']}>
          <Segments
            bare
            label={texts.view}
            value={shown}
            options={[{ value: 'dots', name: texts.dots }, { value: 'radar', name: strings.radar.name }, { value: 'table', name: texts.table }]}
            onChange={setShown}
          />
          <button
            type="button"
            className={`${controls['outlined'] ?? ''} ${controls['small'] ?? ''}`}
            disabled={results.length === 0}
            onClick={() => { saveFile('h3fusion_evaluation.csv', csv(results), 'text/csv'); }}
          >
            {texts.save}
          </button>
        </div>
      </div>
      <Part name="measure"><Measure /></Part>
      <ErrorNotice place="evaluate" />
      <div className={css['top']}>
        <section className={css['figure']} aria-label={texts.caption} aria-busy={now?.what === 'models'}>
          {results.length === 0 ? <EmptyRows /> : <View results={results} />}
        </section>
        <TradeoffPanel />
      </div>
      {examined === undefined || fused === undefined ? null : (
        <div className={css['panels']}>
          <ConfusionPanel router={examined.router} />
          <AblationPanel whole={fused} ablation={examined.ablation} />
          <DriftPanel byLayer={examined.drift.byLayer} />
        </div>
      )}
      <div className={css['panels']}>
        <DriftMapPanel />
        <MixPanel />
      </div>
      <div className={css['save']}><SavePanel /></div>
    </>
  );
}

/** Starts and stops measuring; says how far it is. */
function Measure(): ReactNode {
  const texts = strings.evaluate;
  const now = useStudio(({ evaluation }) => evaluation.now);
  const fused = useStudio(isFused);
  const why = useWhyNot();
  const again = useStudio(({ evaluation }) => evaluation.results.length > 0);
  if (now?.what === 'models') {
    return (
      <div className={css['measure']}>
        <button type="button" className={controls['outlined']} onClick={stopEvaluation}>{texts.stop}</button>
        <p><span role="status">{texts.measuring(strings.models[now.model], integer(now.left))}</span>{leftOf(now)}</p>
        <progress aria-label={texts.progress} value={now.done} max={Math.max(1, now.total)} />
      </div>
    );
  }
  return (
    <div className={css['measure']}>
      <button type="button" className={controls['primary']} disabled={why !== undefined || now !== undefined} onClick={() => { void evaluate(measurable(fused)); }}>
        {again ? texts.again : texts.start}
      </button>
      {fused ? (
        <button type="button" className={controls['outlined']} disabled={why !== undefined || now !== undefined} onClick={() => { void evaluate(['fused']); }}>
          {texts.fusedAlone}
        </button>
      ) : null}
      <p>{why ?? (fused ? texts.about(String(measurable(true).length)) : texts.aboutUnfused(String(measurable(false).length)))}</p>
    </div>
  );
}
