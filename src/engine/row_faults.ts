import type { Row } from '../data/rows';
import { classifyAnswer } from '../eval/refusal/classify';
import { EXPERTS, type ExpertId } from './protocol';
import type { RowFault } from './recipe';

/** Whose rows the gate loss takes a dataset's rows for. */
export function labelUnder(fault: RowFault, expert: ExpertId): number {
  if (fault === 'one-label') return EXPERTS.indexOf('helpful');
  // As the published code of the paper labels most truthful rows.
  if (fault === 'honest-as-harmless' && expert === 'honest') return EXPERTS.indexOf('harmless');
  return EXPERTS.indexOf(expert);
}

/**
 * Over-cautious annotation: of the harmless rows every answer that helps becomes a refusal, each of them that of another row, in
 * turn. Where no row refuses, nothing changes.
 */
export function rowsUnder(fault: RowFault, expert: ExpertId, rows: readonly Row[]): readonly Row[] {
  if (fault !== 'refuse-all' || expert !== 'harmless') return rows;
  const refuses = rows.map(({ prompt, response }) => classifyAnswer(response, prompt).verdict === 'refusal');
  const refusals = rows.filter((_, i) => refuses[i]).map(({ response }) => response);
  if (refusals.length === 0) return rows;
  let next = 0;
  return rows.map((row, i) => (refuses[i] === true ? row : { ...row, response: refusals[next++ % refusals.length] ?? row.response }));
}
