import type { ReactNode } from 'react';
import { fixed, integer, setting, significant } from '../format';
import { Panel } from '../shell/Panel';
import { useRecordCount } from '../store/use_record';
import { isRecorded, shownRecord, useStudio } from '../store/studio';
import { useShownRuns } from '../store/use_runs';
import { strings } from '../strings';
import css from './MachinePanel.module.css';

/** Readouts change at most four times a second. */
const READ_EVERY = 250;

export function MachinePanel(): ReactNode {
  const { machine } = strings.train;
  const record = useStudio(shownRecord);
  const adapter = useStudio((state) => state.adapter);
  const recorded = useStudio(isRecorded);
  const [front] = useShownRuns();
  const count = useRecordCount(record, READ_EVERY);
  const read = (name: Parameters<NonNullable<typeof record>['last']>[0], write: (value: number) => string): string => {
    const value = record?.last(name) ?? Number.NaN;
    return count > 0 && Number.isFinite(value) ? write(value) : machine.none;
  };
  const rows: readonly (readonly [string, string])[] = [
    // A recording is no machine's: it kept no clock.
    ...(recorded ? [] : [[machine.adapter, adapter?.name ?? machine.none], [machine.speed, read('tokensPerSecond', integer)]] as const),
    [machine.accuracy, read('accuracy', (share) => machine.percent(fixed(100 * share, 0)))],
    [machine.entropy, read('entropy', (nats) => machine.nats(fixed(nats, 2)))],
    [machine.gradientNorm, read('gradientNorm', significant)],
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
