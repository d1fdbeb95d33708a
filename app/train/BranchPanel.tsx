import { useId, useState, type ReactNode } from 'react';
import { LEVERS, type Levers } from '../../src/engine/protocol';
import { inRange, RECIPE_RANGES } from '../../src/engine/recipe';
import { integer, setting } from '../format';
import { symbolOf } from '../fuse/field_names';
import number from '../fuse/NumberSetting.module.css';
import { TopKChoice } from '../fuse/TopKChoice';
import controls from '../shell/controls.module.css';
import { Panel } from '../shell/Panel';
import { fork } from '../store/actions';
import { leversAt } from '../store/levers';
import { isAligning, useOwn } from '../store/own';
import type { Run } from '../store/run';
import { isTraining, useStudio } from '../store/studio';
import { useShownRuns } from '../store/use_runs';
import { strings } from '../strings';
import { branchPoint } from './branch_point';
import css from './BranchPanel.module.css';

const MB = 2 ** 20;

/** A new run from weights that were kept on the way of the one in front: the scrubber says from which. */
export function BranchPanel(): ReactNode {
  const { branch } = strings.train;
  const [run] = useShownRuns();
  const { steps: kept, bytes } = useStudio(({ book }) => book.snapshots);
  const cursor = useStudio((state) => state.cursor);
  const steps = run === undefined ? [] : kept[run.id] ?? [];
  const { step, before, after } = branchPoint(steps, cursor ?? Infinity);
  if (run === undefined) return null;
  const go = (to: number | undefined): void => { if (to !== undefined) useStudio.setState({ cursor: to }); };
  return (
    <Panel title={branch.title} note={step === undefined ? branch.none : branch.note(steps.map(integer).join(', '), integer(Math.ceil(bytes / MB)))}>
      {step === undefined ? null : (
        <>
          <p className={css['points']}>
            <button type="button" className={controls['word']} disabled={before === undefined} onClick={() => { go(before); }}>{branch.before}</button>
            <button type="button" className={controls['word']} disabled={after === undefined} onClick={() => { go(after); }}>{branch.after}</button>
          </p>
          <BranchForm key={`${run.id} ${String(step)}`} run={run} step={step} />
        </>
      )}
    </Panel>
  );
}

function BranchForm({ run, step }: { readonly run: Run; readonly step: number }): ReactNode {
  const { branch } = strings.train;
  const training = useStudio(isTraining);
  const aligning = useOwn(isAligning);
  const ready = useStudio(({ engine }) => engine === 'ready');
  const busy = training || aligning || !ready;
  const [typed, setTyped] = useState<Partial<Record<keyof Levers, string>>>({});
  const were = leversAt(run, step);
  const values = LEVERS.map((field) => [field, valueOf(typed[field], were[field])] as const);
  const valid = values.every(([field, value]) => inRange(field, value));
  return (
    <form
      className={css['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (valid && !busy) void fork(run, step, Object.fromEntries(values) as unknown as Levers);
      }}
    >
      {LEVERS.filter((field) => field !== 'topK').map((field) => (
        <BranchField key={field} field={field} text={typed[field] ?? setting(were[field])} onType={(text) => { setTyped({ ...typed, [field]: text }); }} />
      ))}
      <TopKChoice
        label={branch.field(strings.recipe.fields.topK)} value={valueOf(typed.topK, were.topK)} onChange={(topK) => { setTyped({ ...typed, topK: String(topK) }); }}
      />
      <button type="submit" className={controls[busy || !valid ? 'outlined' : 'primary']} disabled={busy || !valid}>{branch.point(integer(step))}</button>
      {training ? <p className={css['busy']}>{branch.busy}</p> : aligning ? <p className={css['busy']}>{strings.own.busyAligning}</p> : null}
    </form>
  );
}

function valueOf(typed: string | undefined, otherwise: number): number {
  if (typed === undefined) return otherwise;
  return typed.trim() === '' ? NaN : Number(typed);
}

function BranchField({ field, text, onType }: { readonly field: keyof Levers; readonly text: string; readonly onType: (text: string) => void }): ReactNode {
  const { fields, outOfRange } = strings.recipe;
  const symbol = symbolOf(field);
  const id = useId();
  const invalid = !inRange(field, valueOf(text, NaN));
  const { min, max } = RECIPE_RANGES[field];
  return (
    <div className={number['setting']}>
      <label htmlFor={id}>{symbol === undefined ? null : <i>{symbol} </i>}{strings.train.branch.field(fields[field])}</label>
      <input
        id={id} className={number['number']} inputMode="decimal" autoComplete="off" value={text} aria-invalid={invalid}
        aria-describedby={invalid ? `${id}-range` : undefined} onChange={({ target }) => { onType(target.value); }}
      />
      {invalid ? <p id={`${id}-range`} className={number['range']}>{outOfRange(setting(min), setting(max))}</p> : null}
    </div>
  );
}
