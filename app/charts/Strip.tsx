import { lazy, Suspense, type ReactNode } from 'react';
import { fraction, pushApart, type Scale } from './scale';
import { contains, place, type StepWindow } from './step_window';
import type { Reading, StripFigure } from './strip_row';
import css from './Strip.module.css';

const StripLines = lazy(() => import('./StripLines'));

export interface StripProps extends StripFigure {
  /** What the picture shows, for the ear. */
  readonly summary: string;
  readonly note: string;
  /** Px of the plot. */
  readonly height: number;
  readonly window: StepWindow;
  /** Values under the crosshair. */
  readonly readings: readonly Reading[];
  readonly cursorStep: number;
  readonly tick: (value: number) => string;
}

const LABEL_GAP = 15;

/** One measure over the run: sentence at the left, curve at the right, on the axis that all strips share. */
export function Strip(props: StripProps): ReactNode {
  const { title, note, height, window, rows, scale, lines } = props;
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
              <StripLines rows={rows} window={window} lines={lines} />
            </Suspense>
          </div>
        )}
        <Pluses {...props} />
        <Ends {...props} />
        <Readings {...props} />
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

/** Measured now and then, beside the lines; the note says what they are. */
function Pluses({ pluses, scale, window }: StripProps): ReactNode {
  return pluses.filter(({ step }) => contains(window, step)).map(({ step, value }) => (
    <span
      key={step}
      className={css['plus']}
      aria-hidden="true"
      style={{ left: percent(place(window, step)), bottom: percent(fraction(scale, value)) }}
    />
  ));
}

/** Names at the line ends; while the crosshair stands there, the values too. Those that end together are pushed apart. */
function Ends({ ends, readings, scale, height, window, cursorStep }: StripProps): ReactNode {
  return ends.map(({ key, name, tile, expert, quiet, step, value }, i) => {
    const together = ends.filter((other) => other.step === step);
    const tops = pushApart(together.map((other) => height * (1 - fraction(scale, other.value))), LABEL_GAP, height);
    const reading = readings.find((one) => one.value === value);
    return (
      <span
        key={key}
        className={css['end']}
        data-expert={expert}
        data-quiet={quiet === true}
        style={{ left: percent(place(window, step)), top: `${String(tops[together.findIndex((other) => other.key === ends[i]?.key)] ?? 0)}px` }}
      >
        <span className={css['name']}>{name}</span><span className={css['tile']}>{tile}</span>
        {cursorStep === step ? <b>{reading?.text}</b> : null}
      </span>
    );
  });
}

function Readings({ readings, ends, rows, scale, height, cursorStep, window }: StripProps): ReactNode {
  if (!contains(window, cursorStep)) return null;
  const places = readings.map(({ value }) => height * (1 - fraction(scale, value)));
  const tops = pushApart(places.map((at) => at - 11), LABEL_GAP, height);
  // Beside the line ends stand their names.
  const last = rows.at(-1)?.step ?? 0;
  const at = place(window, cursorStep);
  const side = at > 0.85 || (ends.length > 0 && place(window, last) - at < 0.12) ? 'left' : 'right';
  const told = ends.some(({ step }) => step === cursorStep);
  return readings.map(({ text, expert, quiet }, i) => (
    <div key={i} data-expert={expert} data-quiet={quiet === true} aria-hidden="true" style={{ '--at': percent(at) } as React.CSSProperties}>
      <span className={css['dot']} style={{ top: `${String(places[i] ?? 0)}px` }} />
      {told && quiet !== true ? null : <span className={css['reading']} data-side={side} style={{ top: `${String(tops[i] ?? 0)}px` }}>{text}</span>}
    </div>
  ));
}

function percent(share: number): string {
  return `${String(100 * share)}%`;
}
