import { useState, type ReactNode } from 'react';
import type { DriftMap } from '../../../src/engine/evaluation';
import { fixed, integer } from '../../format';
import controls from '../../shell/controls.module.css';
import { Panel } from '../../shell/Panel';
import { drawMap, stopEvaluation } from '../../store/evaluation';
import { useStudio } from '../../store/studio';
import { strings } from '../../strings';
import { leftOf, useWhyNot } from '../measuring';
import { MapPicture } from './MapPicture';
import { mapTitle } from './map_points';
import { MapTable } from './MapTable';
import css from './DriftMap.module.css';

/** Where models stand by their mean hidden states, on the axes of the base. */
export function DriftMapPanel(): ReactNode {
  const texts = strings.driftMap;
  const map = useStudio(({ evaluation }) => evaluation.map);
  const [table, setTable] = useState(false);
  return (
    <Panel
      title={map === undefined ? texts.title.plain : mapTitle(map)}
      note={map === undefined ? texts.noteEmpty : noteOf(map)}
      actions={map === undefined ? undefined : (
        <button type="button" className={controls['word']} aria-expanded={table} onClick={() => { setTable(!table); }}>
          {table ? strings.tradeoff.hideTable : strings.tradeoff.showTable}
        </button>
      )}
    >
      {map === undefined ? <p className={css['empty']}>{texts.empty}</p> : (
        <>
          <MapPicture map={map} />
          <p className={css['note']}>{texts.about}</p>
          {table ? <MapTable map={map} /> : null}
        </>
      )}
      <Draw drawn={map !== undefined} />
    </Panel>
  );
}

function noteOf({ rows, explained: [first, second] }: DriftMap): string {
  return strings.driftMap.note(integer(rows.reduce((sum, count) => sum + count, 0)), fixed(100 * first, 0), fixed(100 * second, 0));
}

/** Starts and stops the reading; says how far it is. */
function Draw({ drawn }: { readonly drawn: boolean }): ReactNode {
  const texts = strings.driftMap;
  const now = useStudio(({ evaluation }) => evaluation.now);
  const why = useWhyNot();
  const small = `${controls['outlined'] ?? ''} ${controls['small'] ?? ''}`;
  return (
    <div className={css['draw']}>
      <button type="button" className={small} disabled={why !== undefined || now !== undefined} onClick={() => { void drawMap(); }}>
        {drawn ? texts.again : texts.start}
      </button>
      {now?.what === 'map' ? (
        <>
          <button type="button" className={small} onClick={stopEvaluation}>{texts.stop}</button>
          <progress aria-label={texts.progress} value={now.done} max={Math.max(1, now.total)} />
        </>
      ) : null}
      <p className={css['note']}>
        <span role="status">{now?.what === 'map' ? texts.status(strings.models[now.model]) : why}</span>
        {now?.what === 'map' ? leftOf(now) : null}
      </p>
    </div>
  );
}
