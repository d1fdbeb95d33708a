import { create } from 'zustand';
import type { LedgerDrift } from '../../src/engine/protocol';
import { engine } from './connection';
import { isTraining, useStudio } from './studio';

interface Known {
  readonly drift: LedgerDrift | undefined;
  /** Of which run of this tab. */
  readonly runs: number;
}

/** The run and step that are being asked of. */
let asking = '';

export const useLedgerDrift = create<Known>(() => ({ drift: undefined, runs: 0 }));

/** Of the fused model that stands, once; while it learns every step would give another answer. */
export async function askDrift(): Promise<void> {
  const state = useStudio.getState();
  const { runs, run, record } = state;
  const client = engine();
  const { drift, runs: known } = useLedgerDrift.getState();
  if (client === undefined || record === undefined || isTraining(state) || (known === runs && drift?.step === run.step)) return;
  const key = `${String(runs)} ${String(run.step)}`;
  if (asking === key) return;
  asking = key;
  try {
    useLedgerDrift.setState({ drift: await client.drift(), runs });
  } catch {
    // The ledger then says what trains, as before; whoever asks the lost engine for more is told.
    useLedgerDrift.setState({ drift: undefined, runs });
  } finally {
    if (asking === key) asking = '';
  }
}
