// The walls between rooms as a lint rule: arrows point one way (docs/ARCHITECTURE.md).
import { dirname, relative, resolve, sep } from 'node:path';

const FREE = ['errors', 'random'];
const ENGINE_BELOW = ['gpu', 'kernels', 'formats', 'data', 'model', 'fusion', 'train', 'eval'];

/**
 * What a room may import beside itself, errors and random; `types` may be imported as types only. An entry is a room, or one
 * file of it. Every wall has its reason.
 * @type {Record<string, { may: string[], types?: string[], why: string }>}
 */
export const ROOMS = {
  errors: { may: [], why: 'everything stands on errors, so that they stand on nothing' },
  random: { may: [], why: 'a stream of numbers needs nothing else, and everything may draw from it' },
  gpu: { may: [], why: 'gpu knows buffers and workgroups and no machine learning: it could serve another project' },
  kernels: { may: ['gpu'], why: 'an op is told its dimensions and tensors: it is readable and testable without a model' },
  formats: { may: [], why: 'bytes in, typed tensors out: files are checked without a GPU and without a model' },
  data: { may: ['formats'], why: 'text in, token ids out: datasets are read without a GPU and without a model' },
  world: { may: ['data'], types: ['eval/suite'], why: 'the small world is texts that we write: no model and no GPU decides what they say' },
  model: { may: ['gpu', 'kernels', 'formats', 'data'], why: 'a model is the same whoever trains, fuses or measures it' },
  fusion: { may: ['gpu', 'kernels', 'formats', 'data', 'model'], why: 'fusion says what is assembled and penalised, not when a step runs' },
  train: { may: ['gpu', 'kernels', 'formats', 'data', 'model', 'fusion'], why: 'a step reports metrics and does not know who shows or judges them' },
  eval: { may: ['gpu', 'kernels', 'formats', 'data', 'model', 'fusion'], why: 'a measure must not depend on how the model was trained' },
  study: { may: ENGINE_BELOW, why: 'a study trains, tunes and compares by the engine alone: commands and pages show what it found' },
  bench: { may: ENGINE_BELOW, why: 'a benchmark times the engine from outside: nothing in the engine may need it' },
  headless: { may: ['gpu', 'formats'], why: 'it opens the GPU in Node and is for the command line and tests: it must never reach a page' },
  engine: { may: [...ENGINE_BELOW, 'seam'], why: 'the worker runs in a page: nothing of Node and nothing of the interface may reach it' },
  seam: { may: ['fusion/recipe', 'fusion/presets', 'train/expert_share'], types: ENGINE_BELOW, why: 'client, protocol, recipes and their command, manifest, evaluation, recorded run and run file load with the page: the engine itself stays in the worker' },
  cli: { may: [...ENGINE_BELOW, 'study', 'engine', 'seam', 'bench', 'headless', 'world'], why: 'the command line stands where the page stands, on the same engine' },
  app: { may: ['seam'], types: ['train/metrics'], why: 'the page speaks to the engine in commands and events and draws what comes back' },
  testing: { may: [...ENGINE_BELOW, 'study', 'engine', 'seam', 'bench', 'headless', 'world'], why: 'tests may reach everything but the page' },
};
const SEAM = /^src\/engine\/(client|requests|protocol|names|answering|running|owning|commands|events|recipe|recipe_choices|recipe_command|align_recipe|manifest|evaluation|recorded_run|recorded_fields|run_file)(\.|$)/;

/** @param {string} path from the repository's root, with slashes @returns {string | undefined} */
export function roomOf(path) {
  if (SEAM.test(path)) return 'seam';
  const [top, room] = path.split('/');
  if (top === 'app') return 'app';
  return top === 'src' && room !== undefined && room in ROOMS ? room : undefined;
}

/**
 * @param {string} from a file @param {string} to a file or module, both from the root with slashes
 * @param {boolean} typeOnly
 * @returns {string | undefined} the sentence that refuses it
 */
export function refuse(from, to, typeOnly) {
  const here = roomOf(from);
  const there = roomOf(to);
  if (here === undefined || here === there) return undefined;
  const test = /\.test\.tsx?$/.test(from);
  if (there === undefined) {
    return /^(scripts|e2e|bench)\//.test(to) && !test ? `${here} may not import ${to}: the product does not stand on its tools.` : undefined;
  }
  if (FREE.includes(there)) return FREE.includes(here) ? refusal(here, there) : undefined;
  if (test && (there === 'testing' || there === 'headless')) return undefined;
  const wall = /** @type {{ may: string[], types?: string[] }} */ (ROOMS[here]);
  const may = typeOnly ? [...wall.may, ...(wall.types ?? [])] : wall.may;
  return may.some((entry) => entry === there || `src/${entry}` === to) ? undefined : refusal(here, there);
}

/** @param {string} here @param {string} there */
function refusal(here, there) {
  if (there === 'testing') return `${here} may not import testing: test helpers are for *.test.ts alone.`;
  const wall = /** @type {{ may: string[], types?: string[], why: string }} */ (ROOMS[here]);
  const types = wall.types === undefined ? '' : ` (as types also ${wall.types.join(', ')})`;
  const may = [...new Set([...wall.may, ...(FREE.includes(here) ? [] : FREE)])].join(', ') || 'nothing';
  return `${here} may not import ${there}: ${wall.why}. It may import ${may}${types}.`;
}

/**
 * What the parser gives of every node that imports.
 * @typedef {{ type: string, source?: { value?: unknown } | null, importKind?: string, exportKind?: string }} Importing
 */

/**
 * Looks at static and dynamic imports, re-exports and import types; all imports between rooms are relative paths.
 * @param {string} root the repository's root
 * @returns {import('eslint').Rule.RuleModule}
 */
export function oneWay(root) {
  /** @param {string} path */
  const local = (path) => relative(root, path).split(sep).join('/');
  return {
    meta: { type: 'problem', schema: [], docs: { description: 'imports between rooms point one way' } },
    create(context) {
      const from = local(context.filename);
      /** @param {import('eslint').Rule.Node} node */
      const look = (node) => {
        const { type, source, importKind, exportKind } = /** @type {Importing} */ (/** @type {unknown} */ (node));
        const path = source?.value;
        // With a query (?raw, ?worker&url) it is a text or an address that is imported, no code.
        if (typeof path !== 'string' || !path.startsWith('.') || path.includes('?')) return;
        const typeOnly = importKind === 'type' || exportKind === 'type' || type === 'TSImportType';
        const message = refuse(from, local(resolve(dirname(context.filename), path)), typeOnly);
        if (message !== undefined) context.report({ node, message });
      };
      return { ImportDeclaration: look, ExportNamedDeclaration: look, ExportAllDeclaration: look, ImportExpression: look, TSImportType: look };
    },
  };
}
