import type { Standing } from './fusing';
import { ledgerDrift } from './ledger';
import { snapshotFused } from './measured';
import type { LedgerDrift } from './protocol';
import { noFusedModel } from './writers';

/** Waits for the GPU. A fork's routers began in another run: of them nothing is said. @throws Refusal 'bad-option' before the first run */
export async function driftOf(standing: Standing | undefined): Promise<LedgerDrift> {
  if (standing === undefined) throw noFusedModel();
  const { fusion, forkedAfter } = standing;
  const { host, step, sources } = await snapshotFused({ fused: () => fusion });
  return { step, rows: ledgerDrift({ ...sources, gates: forkedAfter === undefined ? fusion.gates : new Map<string, never>() }, host) };
}
