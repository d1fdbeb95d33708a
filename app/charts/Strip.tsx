import { lazy, Suspense, type ReactNode } from 'react';
import { fraction, pushApart, type Scale } from './scale';
import type { LineStyle, StripRow } from './strip_row';
import css from './Strip.module.css';

const StripLines = lazy(() => import('./StripLines'));

export interface StripProps {
  readonly title: string;
  /** What the picture shows, for the ear. */
  readonly summary: string;
  readonly note: string;
  /** Px of the plot. */
  readonly height: number;
  readonly total: number;
  readonly rows: readonly StripRow[];
  readonly scale: Scale;
  readonly lines: readonly LineStyle[];
  /** Names at the line ends, for more than one line. */
  readonly ends?: readonly LineEnd[];
  /** Values under the crosshair. */
  readonly readings: readonly { readonly text: string; readonly value: number; readonly expert?: string }[];
  readonly cursorStep: number;
  readonly tick: (value: number) => string;
  readonly children?: ReactNode;
}

export interface LineEnd {
  readonly name: string;
  /** Where there is little room. */
  readonly tile: string;
  readonly expert: string;
  readonly value: number;
}

const LABEL_GAP = 15;

/** One measure over the run: sentence at the left, curve at the right, on the axis that all strips share. */
export function Strip(props: StripProps): ReactNode {
  const { title, note, height, total, rows, scale, lines, children } = props;
  return (
    <section className={css['strip']}>
      <div className={css['words']}>
        <h3 className={css['title']}>{title}</h3>
        <p className={css['note']}>{note}</p>
      </div>
      <div className={css['plot']} role="img" aria-label={props.summary} style={{ height: `${String(height)}px` }}>
        <Grid scale={scale} tick={props.tick} />
        {rows.length === 0 ? null : (
          <div className={css['lines']} aria-hidden="true">
            <Suspense fallback={null}>
              <StripLines rows={rows} scale={scale} total={total} lines={lines} label={title} />
            </Suspense>
          </div>
        )}
        <Ends {...props} />
        <Readings {...props} />
        {children}
      </div>
    </section>
  );
}

function Grid({ scale, tick }: { readonly scale: Scale; readonly tick: (value: number) => string }): ReactNode {
  return (
    <div aria-hidden="true">
      {scale.ticks.map((value, i) => (
        <div key={value} className={css['tick']} data-base={i === 0} style={{ bottom: percent(fraction(scale, value)) }}>
          <span>{tick(value)}</span>
        </div>
      ))}
    </div>
  );
}

/** Names at the line ends; while the crosshair stands there, the values too. */
function Ends({ ends = [], readings, scale, height, rows, total, cursorStep }: StripProps): ReactNode {
  const last = rows.at(-1)?.step;
  if (last === undefined) return null;
  const tops = pushApart(ends.map(({ value }) => height * (1 - fraction(scale, value))), LABEL_GAP, height);
  return ends.map(({ name, tile, expert }, i) => (
    <span
      key={expert}
      className={css['end']}
      data-expert={expert}
      style={{ left: percent(last / total), top: `${String(tops[i] ?? 0)}px` }}
    >
      <span className={css['name']}>{name}</span><span className={css['tile']}>{tile}</span>
      {cursorStep === last ? <b>{readings[i]?.text}</b> : null}
    </span>
  ));
}

function Readings({ readings, ends = [], rows, scale, height, cursorStep, total }: StripProps): ReactNode {
  const places = readings.map(({ value }) => height * (1 - fraction(scale, value)));
  const tops = pushApart(places.map((at) => at - 11), LABEL_GAP, height);
  // Beside the line ends stand their names.
  const last = rows.at(-1)?.step ?? 0;
  const side = cursorStep > 0.85 * total || (ends.length > 0 && last - cursorStep < 0.12 * total) ? 'left' : 'right';
  const told = ends.length > 0 && cursorStep === last;
  return readings.map(({ text, expert }, i) => (
    <div key={i} data-expert={expert} aria-hidden="true" style={{ '--at': percent(cursorStep / total) } as React.CSSProperties}>
      <span className={css['dot']} style={{ top: `${String(places[i] ?? 0)}px` }} />
      {told ? null : <span className={css['reading']} data-side={side} style={{ top: `${String(tops[i] ?? 0)}px` }}>{text}</span>}
    </div>
  ));
}

function percent(share: number): string {
  return `${String(100 * share)}%`;
}
