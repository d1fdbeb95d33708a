import type { ModelConfig } from '../formats/hf_config';
import { asTrained, MOST_BIAS, mutedBits, mutedToForce, type Intervention } from '../model/intervention';
import { expertNames } from './eval_model';
import { requireTopK } from './open_prompt';
import { bad, integer, named, names, number, numbers, text, type Values } from './options';

export const interventionOptions = {
  mute: names([], 'experts that the routers may not choose, by name or number from 0'),
  force: text('NAME', null, 'the only expert that the routers may choose'),
  'router-bias': named(new Map(), `added to the experts' logits, from -${MOST_BIAS} to ${MOST_BIAS}`, 'NUMBER'),
  'router-temperature': number(1, 'divides the routers\' logits: small ones decide, large ones level'),
  'top-k': integer(null, 'experts a token (default: the model\'s)', { min: 1 }),
  layers: numbers(null, 'layers to change in this way, from 1 (default: all)', { min: 1 }),
} as const;

const BIAS = number(0, 'of one expert', { min: -MOST_BIAS, max: MOST_BIAS });

type InterventionValues = Values<typeof interventionOptions>;

/** What the options change at the routers; undefined where they change nothing. Throws a Refusal that names the option. */
export function openIntervention(values: InterventionValues, config: ModelConfig): Intervention | undefined {
  const { mute, force, 'router-bias': biases, 'router-temperature': temperature, 'top-k': topK, layers } = values;
  requireTopK(topK, config);
  const steers = [
    ['mute', mute.length > 0], ['force', force !== null], ['router-bias', biases.size > 0], ['router-temperature', temperature !== 1],
  ] as const;
  const [steer] = steers.find(([, given]) => given) ?? (layers === null ? [] : ['layers']);
  if (config.experts < 2) {
    if (steer !== undefined) throw bad(steer, 'a mixture of experts', 'a dense model', 'ask a fused model, or leave the option out');
    return undefined;
  }
  if (steer === undefined && topK === null) return undefined;
  if (steer === 'layers' && topK === null) throw bad('layers', 'something to change in them', 'nothing', 'add --mute, --force, --router-bias, --router-temperature or --top-k');
  if (temperature <= 0) throw bad('router-temperature', 'a number above 0', String(temperature));
  const deep = layers?.find((layer) => layer > config.layers);
  if (deep !== undefined) throw bad('layers', `layers from 1 to ${config.layers}`, `layer ${deep}`);
  return {
    muted: mutedBy(mute, force, config), bias: biasBy(biases, config), temperature,
    ...(topK === null ? {} : { topK }), ...(layers === null ? {} : { layers: layers.map((layer) => layer - 1) }),
  };
}

/** The same under the experts' names and with layers from 1, for the answer. */
export function interventionJson({ muted, bias, temperature, topK, layers }: Intervention, config: ModelConfig): Readonly<Record<string, unknown>> {
  const called = expertNames(config);
  return {
    muted: called.filter((_, expert) => ((muted >> expert) & 1) === 1),
    bias: Object.fromEntries(called.flatMap((name, expert) => (bias[expert] === 0 ? [] : [[name, bias[expert]]]))),
    temperature, topK: topK ?? config.topK, layers: (layers ?? [...new Array(config.layers).keys()]).map((layer) => layer + 1),
  };
}

function mutedBy(mute: readonly string[], force: string | null, config: ModelConfig): number {
  if (force === null) {
    const experts = mute.map((name) => expertBy('mute', name, config));
    if (new Set(experts).size === config.experts) throw bad('mute', 'at least one expert that is heard', `all ${config.experts} muted`, 'leave one out');
    return mutedBits(experts);
  }
  if (mute.length > 0) throw bad('force', 'either --mute or --force', 'both', 'leave one out');
  return mutedToForce(expertBy('force', force, config), config);
}

function biasBy(biases: ReadonlyMap<string, string>, config: ModelConfig): readonly number[] {
  const bias = [...asTrained(config).bias];
  const seen = new Set<number>();
  for (const [name, given] of biases) {
    const expert = expertBy('router-bias', name, config);
    if (seen.has(expert)) throw bad('router-bias', 'each expert once', `${name}, by its name and by its number`);
    seen.add(expert);
    bias[expert] = BIAS.read(given, 'router-bias');
  }
  return bias;
}

/** By the name that the model gives it, or by its number. */
function expertBy(option: string, name: string, config: ModelConfig): number {
  const called = expertNames(config);
  const found = called.indexOf(name);
  if (found >= 0) return found;
  if (/^\d$/.test(name) && Number(name) < config.experts) return Number(name);
  throw bad(option, `${called.join(', ')}, or a number from 0 to ${config.experts - 1}`, JSON.stringify(name));
}
