import { useId, useRef, useState, type ReactNode } from 'react';
import { LEVERS, type Levers } from '../../src/engine/protocol';
import { inRange, RECIPE_RANGES } from '../../src/engine/recipe';
import { setting } from '../format';
import { symbolOf } from '../fuse/field_names';
import { SLIDERS, toPosition, toValue } from '../fuse/slider_scale';
import number from '../fuse/NumberSetting.module.css';
import { TopKChoice } from '../fuse/TopKChoice';
import { Panel } from '../shell/Panel';
import { pullLever } from '../store/levers';
import { frontId } from '../store/runs';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
import css from './LeversPanel.module.css';

const TRACK = 1000;
/** A slider passes over many values; only where it rests it acts. */
const RESTS = 250;

/** λ, γ, the learning rate and the experts per token of the run under way: they act from the next step on and leave a mark on the curves. */
export function LeversPanel(): ReactNode {
  const { levers: texts } = strings.train;
  const levers = useStudio((state) => state.levers);
  const running = useStudio(({ run }) => run.phase === 'running' || run.phase === 'paused');
  const runs = useStudio((state) => state.runs);
  // What is in front may be another run.
  const behind = useStudio((state) => (frontId(state) === state.book.current?.id ? undefined : state.book.current?.name));
  if (levers === undefined) return null;
  return (
    <Panel title={texts.title} note={behind !== undefined ? texts.behind(behind) : running ? texts.note : texts.ended}>
      <fieldset className={css['levers']} disabled={!running}>
        <legend className="visually-hidden">{texts.title}</legend>
        {LEVERS.filter((field) => field !== 'topK').map((field) => <Lever key={`${String(runs)} ${String(running)} ${field}`} field={field} value={levers[field]} />)}
        <TopKLever key={String(runs)} value={levers.topK} />
      </fieldset>
    </Panel>
  );
}

/** The choice stands at once; the run waits a moment until its plans for it are bound. */
function TopKLever({ value }: { readonly value: number }): ReactNode {
  const [wanted, setWanted] = useState<number>();
  const choose = async (to: number): Promise<void> => {
    setWanted(to);
    await pullLever('topK', to);
    setWanted((now) => (now === to ? undefined : now));
  };
  return <TopKChoice label={strings.recipe.fields.topK} value={wanted ?? value} onChange={(to) => { void choose(to); }} />;
}

/** What is typed acts on Enter or when it is left, the slider where it rests. */
function Lever({ field, value }: { readonly field: keyof Levers; readonly value: number }): ReactNode {
  const { fields, outOfRange } = strings.recipe;
  const [draft, setDraft] = useState<string>();
  const [way, setWay] = useState<number>();
  const id = useId();
  const scale = SLIDERS[field];
  const text = draft ?? setting(value);
  const typed = text.trim() === '' ? NaN : Number(text);
  const invalid = !inRange(field, typed);
  const { min, max } = RECIPE_RANGES[field];
  const symbol = symbolOf(field);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pullTo = (to: number): void => {
    setDraft(undefined);
    setWay(undefined);
    if (to !== value) void pullLever(field, to);
  };
  const pull = (): void => { if (draft !== undefined && !invalid) pullTo(typed); };
  const at = scale === undefined ? 0 : way ?? toPosition(scale, value);
  return (
    <div className={number['setting']}>
      <label htmlFor={id}>{symbol === undefined ? null : <i>{symbol} </i>}{fields[field]}</label>
      <input
        id={id} className={number['number']} inputMode="decimal" autoComplete="off" value={text} aria-invalid={invalid}
        aria-describedby={invalid ? `${id}-range` : undefined}
        onChange={({ target }) => { setDraft(target.value); }}
        onBlur={() => { pull(); }}
        onKeyDown={({ key }) => { if (key === 'Enter') pull(); }}
      />
      {scale === undefined ? null : (
        <input
          type="range" className={number['track']} aria-label={fields[field]} min={0} max={TRACK} value={Math.round(TRACK * at)}
          aria-valuetext={text}
          style={{ '--way': `${String(100 * at)}%` } as React.CSSProperties}
          onChange={({ target }) => {
            const share = target.valueAsNumber / TRACK;
            setWay(share);
            setDraft(setting(toValue(scale, share)));
            clearTimeout(rest.current);
            rest.current = setTimeout(() => { pullTo(toValue(scale, share)); }, RESTS);
          }}
        />
      )}
      {invalid ? <p id={`${id}-range`} className={number['range']}>{outOfRange(setting(min), setting(max))}</p> : null}
    </div>
  );
}
