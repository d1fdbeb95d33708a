import type { ReactNode } from 'react';
import { strings } from '../strings';
import css from './ProbabilityScale.module.css';

/** The colours of every heatmap, from 0 to 1; the cells themselves say their values. */
export function ProbabilityScale(): ReactNode {
  return (
    <div className={css['scale']} aria-hidden="true">
      <div className={css['ramp']} />
      <span>0</span><span>0.5</span><span>1</span>
      <small>{strings.inspect.legend}</small>
    </div>
  );
}
