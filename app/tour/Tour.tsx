import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import controls from '../shell/controls.module.css';
import { focusTitle, goTo, useScreen } from '../shell/screens';
import { arrive, deedOf, deedState, doDeed, endTour, type TourDeed, type TourStep, tourSteps } from '../store/tour';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
import { beside } from './place';
import { usePart } from './use_part';
import css from './Tour.module.css';

interface Props {
  readonly steps: readonly TourStep[];
  readonly at: number;
  readonly step: TourStep;
}

export function Tour(): ReactNode {
  const at = useStudio((state) => state.tour ?? 0);
  const lesson = useStudio((state) => state.lesson);
  const steps = tourSteps({ lesson });
  useEffect(() => focusTitle, []);
  const step = steps[Math.min(at, steps.length - 1)];
  return step === undefined ? null : createPortal(<Stop steps={steps} at={steps.indexOf(step)} step={step} />, document.body);
}

/** A note beside a real part. It takes the keyboard, and leaves the page free. */
function Stop({ steps, at, step }: Props): ReactNode {
  const { around: { tour: texts } } = strings;
  const screen = useScreen();
  const note = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const part = usePart(step.id, screen);
  const deed = deedOf(step.id);
  const doing = useStudio((state) => (deed === undefined ? undefined : deedState(state, deed)));
  const { title, text } = texts.steps[step.id];
  const last = at === steps.length - 1;
  const move = (to: number): void => {
    if (to >= steps.length) endTour();
    else useStudio.setState({ tour: Math.max(0, to) });
  };

  useEffect(() => {
    goTo(step.screen);
    arrive(step);
  }, [step]);
  // A dialog that closes gives the keyboard back first.
  useEffect(() => {
    const frame = requestAnimationFrame(() => { note.current?.focus({ preventScroll: true }); });
    return () => { cancelAnimationFrame(frame); };
  }, [step.id]);
  useLayoutEffect(() => {
    const { offsetWidth: width = 0, offsetHeight: height = 0 } = note.current ?? {};
    setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
  }, [step.id, part, doing]);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== 'Escape' || document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      endTour();
    };
    document.addEventListener('keydown', onKey, { capture: true });
    return () => { document.removeEventListener('keydown', onKey, { capture: true }); };
  }, []);

  const onKey = (event: KeyboardEvent): void => {
    const pressed = event.target instanceof HTMLButtonElement;
    if (event.key === 'ArrowRight' || (event.key === ' ' && !pressed)) move(at + 1);
    else if (event.key === 'ArrowLeft') move(at - 1);
    else return;
    event.preventDefault();
  };
  const view = { width: document.documentElement.clientWidth, height: innerHeight };
  return (
    <>
      {part === undefined ? null : <div className={css['ring']} style={{ left: part.left, top: part.top, width: part.right - part.left, height: part.bottom - part.top }} />}
      <div ref={note} role="dialog" aria-labelledby="tour-title" aria-describedby="tour-text" tabIndex={-1} className={css['note']} style={beside(part, size, view)} onKeyDown={onKey}>
        <p className={css['count']}>{texts.count(String(at + 1), String(steps.length))}</p>
        <h2 id="tour-title">{title}</h2>
        <p id="tour-text">{text}</p>
        {deed === undefined ? null : <Deed deed={deed} />}
        <div className={css['actions']}>
          <button type="button" className={controls['word']} onClick={endTour}>{texts.end}</button>
          <span>
            <button type="button" className={small('outlined')} disabled={at === 0} onClick={() => { move(at - 1); }}>{texts.back}</button>
            <button type="button" className={small('primary')} onClick={() => { move(at + 1); }}>{last ? texts.finish : texts.next}</button>
          </span>
        </div>
      </div>
    </>
  );
}

/** What could be pressed at the part itself, pressed from here. */
function Deed({ deed }: { readonly deed: TourDeed }): ReactNode {
  const { around: { tour: texts } } = strings;
  const state = useStudio((all) => deedState(all, deed));
  return (
    <p className={css['deed']}>
      {state === 'open' ? <button type="button" className={small('outlined')} onClick={() => { doDeed(deed); }}>{texts.deeds[deed].name}</button> : texts.deeds[deed][state]}
    </p>
  );
}

function small(kind: 'outlined' | 'primary'): string {
  return `${controls[kind] ?? ''} ${controls['small'] ?? ''}`;
}
