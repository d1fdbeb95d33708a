import { Refusal } from '../errors/refusal';
import type { ModelConfig } from '../formats/hf_config';
import type { Steering } from '../kernels/router/router';

/** What is changed at the routers while a model writes; its weights stay. */
export interface Intervention extends Steering {
  /** Experts kept per token; as many as otherwise where absent. */
  readonly topK?: number;
  /** The layers that all of this applies to, from 0; every layer where absent. */
  readonly layers?: readonly number[];
}

/** Beyond this a softmax has decided: e^20 to 1 is below the precision of a share. */
export const MOST_BIAS = 20;

/** The intervention that changes nothing: where a change of one thing starts from. */
export function asTrained({ experts }: Pick<ModelConfig, 'experts'>): Intervention {
  return { muted: 0, bias: new Array<number>(experts).fill(0), temperature: 1 };
}

/** To force one expert is to mute the others: these are their bits. */
export function mutedToForce(expert: number, { experts }: Pick<ModelConfig, 'experts'>): number {
  return mutedBits(Array.from({ length: experts }, (_, e) => e).filter((e) => e !== expert));
}

export function mutedBits(experts: readonly number[]): number {
  return experts.reduce((bits, expert) => bits | (1 << expert), 0);
}

/** What reaches the router of one layer; nothing changes in a layer that is not named. */
export function steeringOf(how: Intervention, layer: number): Steering {
  return how.layers?.includes(layer) === false ? asTrained({ experts: how.bias.length }) : how;
}

/** Experts kept per token in each layer. */
export function topKByLayer({ layers }: ModelConfig, own: number, how: Intervention | undefined): readonly number[] {
  return Array.from({ length: layers }, (_, layer) => (how?.layers?.includes(layer) === false ? own : how?.topK ?? own));
}

/** @throws Refusal for a dense model, and for the first value that is out of its range: one expert at least is heard in each layer. */
export function requireIntervention(how: Intervention, { experts: E, layers: L }: ModelConfig): void {
  if (E < 2) throw bad(undefined, 'a mixture of experts', 'a dense model', 'ask a fused model');
  const { muted, bias, temperature, topK = 1, layers = [0] } = how;
  const all = 2 ** E - 1;
  if (!Number.isInteger(muted) || muted < 0 || muted > all) throw bad('muted', `bits of ${E} experts`, String(muted));
  if (muted === all) throw bad('muted', 'at least one expert that is heard', `all ${E} muted`, 'leave one out');
  if (bias.length !== E) throw bad('bias', `${E} numbers, one for each expert`, String(bias.length));
  const wild = bias.find((value) => !(Math.abs(value) <= MOST_BIAS));
  if (wild !== undefined) throw bad('bias', `numbers from -${MOST_BIAS} to ${MOST_BIAS}`, String(wild));
  if (!(temperature > 0 && Number.isFinite(temperature))) throw bad('temperature', 'a finite number above 0', String(temperature));
  if (!(Number.isInteger(topK) && topK >= 1 && topK <= E)) throw bad('top-k', `a whole number from 1 to ${E}, the number of experts`, String(topK));
  if (layers.length === 0) throw bad('layers', `layers from 1 to ${L}`, 'none', 'name one, or leave them all out');
  const stranger = layers.find((layer) => !(Number.isInteger(layer) && layer >= 0 && layer < L));
  if (stranger !== undefined) throw bad('layers', `layers from 1 to ${L}`, `layer ${stranger + 1}`);
}

function bad(field: string | undefined, expected: string, got: string, fix = 'correct the intervention'): Refusal {
  return new Refusal('bad-option', { file: 'the intervention', ...(field === undefined ? {} : { field }), expected, got, fix });
}
