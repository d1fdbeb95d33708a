import type { ReactNode } from 'react';
import { EXPERTS } from '../../src/engine/protocol';
import { fixed } from '../format';
import type { RoutingFrame } from '../store/run_record';
import { strings } from '../strings';
import { probability } from './router_facts';
import css from './RouterPanel.module.css';

/** The heatmap's numbers, layers upward as in the picture. */
export function RouterTable({ frame, layers }: { readonly frame: RoutingFrame | undefined; readonly layers: number }): ReactNode {
  const { inspect, models, tiles } = strings;
  const upward = Array.from({ length: layers }, (_, i) => layers - 1 - i);
  return (
    <div className={css['scroll']} tabIndex={0} role="region" aria-label={inspect.grid}>
      <table className={css['table']}>
        <caption className="visually-hidden">{inspect.grid}</caption>
        <thead>
          <tr>
            <td />
            {EXPERTS.map((dataset) => <th key={dataset} colSpan={EXPERTS.length} scope="colgroup">{inspect.facet(models[dataset])}</th>)}
          </tr>
          <tr>
            <th scope="col">{inspect.layer}</th>
            {EXPERTS.map((dataset) => EXPERTS.map((expert) => (
              <th key={`${dataset} ${expert}`} scope="col"><abbr title={models[expert]}>{tiles[expert]}</abbr></th>
            )))}
          </tr>
        </thead>
        <tbody>
          {upward.map((layer) => (
            <tr key={layer}>
              <th scope="row">{layer + 1}</th>
              {EXPERTS.map((dataset, d) => EXPERTS.map((expert, e) => (
                <td key={`${dataset} ${expert}`}>{fixed(probability(frame, layer, d, e), 2)}</td>
              )))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
