import { writeModel } from '../../formats/model_files';
import { merge } from '../../fusion/merge/merge';
import { MERGE_METHODS, MERGES } from '../../fusion/merge/merges';
import { RANGES, requireSettings, type MergeMethod, type MergeSettings } from '../../fusion/merge/settings';
import { writeDirectory } from '../../headless/directory';
import { parameterCount } from '../../model/parameters';
import { command } from '../command';
import { EMBEDDED } from '../embedded';
import { fingerprintOf } from '../fingerprint';
import { notABase, openAligned, openModel, type OpenModel } from '../open_model';
import { requireTokenizer, tokenizerOption } from '../open_tokenizer';
import { bad, choice, integer, named, number, numbers, path, type Values } from '../options';
import { requireOutputFolder } from '../output';

const { 'task-arithmetic': { defaults: ARITHMETIC }, ties: { defaults: TIES }, dare: { defaults: DARE } } = MERGES;

/** Each belongs to some methods only; null takes the method's own default. */
const settingOptions = {
  scale: number(null, `what the task vectors count (default ${ARITHMETIC.scales.join(',')}; ties ${TIES.scale})`, RANGES.scale),
  scales: numbers(null, 'the same, one for each model; for task-arithmetic and dare', { integers: false, ...RANGES.scales }),
  density: number(null, `ties: share of a task vector that stays, the largest entries (default ${TIES.density})`, RANGES.density),
  drop: number(null, `dare: probability that an entry of a task vector is dropped (default ${DARE.drop})`, RANGES.drop),
  weights: numbers(null, 'slerp: shares of the models, by their sum (default: equal)', { integers: false, ...RANGES.weights }),
  seed: integer(null, `dare: of the draws (default ${DARE.seed})`),
} as const;

/** Which options a method knows. */
const KNOWN: { readonly [M in MergeMethod]: readonly (keyof typeof settingOptions)[] } = {
  soup: [], 'task-arithmetic': ['scale', 'scales'], ties: ['scale', 'density'], dare: ['scale', 'scales', 'drop', 'seed'], slerp: ['weights'],
};

export const mergeCommand = command({
  name: 'merge',
  summary: 'averages models aligned from one base into one of the same size, without training',
  examples: [
    'merge --base models/story --expert helpful=aligned/helpful,harmless=aligned/harmless,honest=aligned/honest --method ties --out merged',
    'merge --method task-arithmetic --scales 1,0.8,1.2 --out merged --json',
  ],
  options: {
    base: path('DIR', EMBEDDED.base, 'the model that all were aligned from'),
    expert: named(EMBEDDED.experts, 'aligned models or adapters, by name'),
    method: choice(MERGE_METHODS, 'task-arithmetic', 'docs/MATH.md says what each computes, and its source'),
    ...settingOptions,
    out: path('DIR', 'out/merged', 'the model to write'),
    tokenizer: tokenizerOption,
  },
  run: async (values, context) => {
    const { base: directory, expert: places, out } = values;
    const settings = settingsOf(values.method, values);
    requireSettings(settings, places.size);
    const base = await openModel(directory, context);
    if (base.adapter !== undefined) throw notABase(directory);
    const experts: OpenModel[] = [];
    for (const [name, place] of places) experts.push(await openAligned(place, base, name, context));
    const { files } = await requireTokenizer(base, values.tokenizer, 'give --tokenizer');
    requireOutputFolder(out, 'model', [directory, ...places.values()]);

    const start = performance.now();
    const { config, weights } = merge({ ...base.host, name: 'base' }, experts.map(({ host }) => host), settings);
    const seconds = (performance.now() - start) / 1000;
    const { method, ...numbersOfIt } = settings;
    const facts = { made: 'merge', method, settings: numbersOfIt, merged: [...places.keys()], base: fingerprintOf(base.host) };
    await writeDirectory(out, new Map([...writeModel(config, weights, { facts }), ...files]));
    const parameters = parameterCount(config);
    return {
      json: { out, method, settings: numbersOfIt, parameters, seconds },
      text: `${out}: ${MERGES[method].name} of ${[...places.keys()].join(', ')}, ${parameters} parameters`,
    };
  },
});

/** Throws a Refusal 'bad-option' for an option of another method, and for a scale given twice. */
function settingsOf(method: MergeMethod, given: Values<typeof settingOptions>): MergeSettings {
  for (const name of Object.keys(settingOptions) as (keyof typeof settingOptions)[]) {
    if (given[name] === null || KNOWN[method].includes(name)) continue;
    const others = MERGE_METHODS.filter((other) => KNOWN[other].includes(name)).join(' or ');
    throw bad(name, `--method ${others}`, method, 'leave it out');
  }
  if (given.scale !== null && given.scales !== null) throw bad('scales', 'one scale for all or one each', '--scale too', 'leave one out');
  const { density, drop, weights, seed, scale } = given;
  const scales = given.scales ?? (scale === null ? null : [scale]);
  switch (method) {
    case 'soup': return MERGES.soup.defaults;
    case 'task-arithmetic': return { method, scales: scales ?? ARITHMETIC.scales };
    case 'ties': return { method, density: density ?? TIES.density, scale: scale ?? TIES.scale };
    case 'dare': return { method, drop: drop ?? DARE.drop, scales: scales ?? DARE.scales, seed: seed ?? DARE.seed };
    case 'slerp': return { method, weights: weights ?? MERGES.slerp.defaults.weights };
    default: return method satisfies never;
  }
}
