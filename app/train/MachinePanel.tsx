import type { ReactNode } from 'react';
import { integer, setting } from '../format';
import { Panel } from '../shell/Panel';
import { useRecordCount } from '../store/use_record';
import { isRecorded, shownRecord, useStudio } from '../store/studio';
import { useShownRuns } from '../store/use_runs';
import { strings } from '../strings';
import css from './MachinePanel.module.css';

/** Readouts change at most four times a second. */
const READ_EVERY = 250;
const MB = 2 ** 20;

/** A measure that always has a strip is read there alone: smoothed here and as reported there, it would have two values. */
export function MachinePanel(): ReactNode {
  const { machine } = strings.train;
  const record = useStudio(shownRecord);
  const adapter = useStudio((state) => state.adapter);
  const recorded = useStudio(isRecorded);
  const { steps, bytes } = useStudio(({ book }) => book.snapshots);
  const [front] = useShownRuns();
  const count = useRecordCount(record, READ_EVERY);
  const read = (name: Parameters<NonNullable<typeof record>['last']>[0], write: (value: number) => string): string => {
    const value = record?.last(name) ?? Number.NaN;
    return count > 0 && Number.isFinite(value) ? write(value) : machine.none;
  };
  const rows: readonly (readonly [string, string])[] = [
    // A recording is no machine's: it kept no clock, and no weights.
    ...(recorded ? [] : [
      [machine.adapter, adapter?.name ?? machine.none],
      [machine.speed, read('tokensPerSecond', integer)],
      [machine.kept, machine.keptIs(integer(Object.values(steps).flat().length), integer(Math.ceil(bytes / MB)))],
    ] as const),
    [machine.learningRate, read('learningRate', (rate) => setting(Number(rate.toPrecision(2))))],
    [machine.skipped, record === undefined ? machine.none : integer(record.skipped)],
  ];
  return (
    <Panel title={recorded ? front?.name ?? machine.recorded : machine.title} note={machine.note}>
      <dl className={css['rows']}>
        {rows.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
      </dl>
    </Panel>
  );
}
