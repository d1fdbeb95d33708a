import { expect, test } from 'vitest';
import { writeModel } from '../formats/model_files';
import { hostWeights } from '../testing/tiny_model';
import { DENSE, NAMES, studio, studioFiles } from '../testing/tiny_studio';
import type { Event, GenerateRequest, ModelCard, OwnFile, OwnFolder } from './protocol';
import { PRESETS, type RunRecipe } from './recipe';

const RECIPE: RunRecipe = { ...PRESETS.default, steps: 2, warmupSteps: 1, batch: 3, routerInit: 'random' };
const ALIGN = { steps: 4, batch: 4, learningRate: 0.02, seed: 1 };
const QUESTION: GenerateRequest = { model: 'honest', prompt: 'fedcab', maxNewTokens: 12, temperature: 0, topP: 1, seed: 1 };

const text = (name: string, content: string): OwnFile => ({ name, bytes: new Blob([content]) });
const rowsFile = (count = 30): OwnFile => text('mine.jsonl', Array.from({ length: count }, (_, i) => JSON.stringify({ prompt: `a${'bcdef'[i % 5] ?? ''}`, response: 'zyx' })).join('\n'));

/** A folder as a visitor has it: of the tiny studio's files, or with other weights. */
function folder(model: string, name = model, seed?: number): OwnFolder {
  const files = studioFiles();
  const made = seed === undefined ? undefined : writeModel(DENSE, hostWeights(DENSE, seed));
  const own = ['config.json', 'model.safetensors'].map((file) => ({ name: file, bytes: new Blob([made?.get(file) ?? files.get(`${model}/${file}`) ?? '']) }));
  return { name, files: model === 'base' ? [...own, { name: 'tokenizer.json', bytes: new Blob([files.get('tokenizer.json') ?? '']) }] : own };
}

const cardsOf = (events: readonly Event[]): readonly ModelCard[] => events.flatMap((event) => (event.type === 'models' ? [event.cards] : [])).at(-1) ?? [];

async function opened() {
  const all = studio();
  await all.ask({ type: 'open', id: 1, modelsUrl: '' });
  let id = 100;
  const ask = (command: object): Promise<Event> => all.ask({ ...command, id: (id += 1) } as never);
  const say = async (change: Partial<GenerateRequest> = {}): Promise<string> => {
    const done = await ask({ type: 'generate', ...QUESTION, ...change });
    if (done.type !== 'done') throw new Error(JSON.stringify(done));
    return all.events.flatMap((event) => (event.type === 'token' && event.id === done.id ? [event.text] : [])).join('');
  };
  return { ...all, ask, say };
}

test('own folders take the place of all four, the fused model ends, and the embedded ones come back', async () => {
  const { events, ask, say } = await opened();
  expect(await ask({ type: 'fuse', recipe: RECIPE })).toMatchObject({ reason: 'end' });
  const before = await say();
  // The three aligned models in another order: Honest now says what Helpful said.
  const helpful = await say({ model: 'helpful' });
  const folders = { base: folder('base', 'my base'), helpful: folder('honest'), harmless: folder('harmless'), honest: folder('helpful', 'mine') };
  expect(await ask({ type: 'openFolders', folders })).toMatchObject({ type: 'done', reason: 'end' });
  expect(cardsOf(events).map(({ origin, name }) => [origin, name])).toEqual([['files', 'my base'], ['files', 'honest'], ['files', 'harmless'], ['files', 'mine']]);
  expect(events.at(-2)).toMatchObject({ type: 'models' });
  expect(await ask({ type: 'generate', ...QUESTION, model: 'fused' })).toMatchObject({ type: 'failed', error: { detail: { file: 'the fused model' } } });
  await ask({ type: 'restore', what: 'everything' });
  expect(cardsOf(events).every(({ origin }) => origin === 'embedded')).toBe(true);
  expect(await say()).toBe(before);
  // With the embedded base, prompts keep its form; and one folder alone may come.
  expect(await ask({ type: 'openFolders', folders: { honest: folder('helpful') } })).toMatchObject({ type: 'done' });
  expect(await say()).toBe(helpful);
});

test.each<[string, Partial<Record<'base' | 'honest', OwnFolder>>, object]>([
  ['no weights', { honest: { name: 'mine', files: folder('honest').files.slice(0, 1) } }, { code: 'missing-file', detail: { file: 'mine/model.safetensors' } }],
  ['cut weights', { honest: { name: 'mine', files: [...folder('honest').files.slice(0, 1), text('model.safetensors', 'abc')] } }, { code: 'bad-header' }],
  ['no configuration', { honest: { name: 'mine', files: [text('readme.md', 'hello')] } }, { code: 'missing-file', detail: { file: 'mine/config.json' } }],
  ['another base', { honest: folder('honest', 'mine', 9) }, { code: 'mismatched-models', detail: { file: 'mine' } }],
  ['no tokenizer beside the base', { base: { name: 'my base', files: folder('honest').files } }, { code: 'missing-file', detail: { file: 'my base/tokenizer.json' } }],
  ['a broken tokenizer', { base: { name: 'my base', files: [...folder('honest').files, text('tokenizer.json', '{')] } }, { code: 'bad-tokenizer' }],
])('a folder with %s is refused, and what was loaded stays', async (_, folders, error) => {
  const { events, ask } = await opened();
  await ask({ type: 'fuse', recipe: { ...RECIPE, steps: 1, warmupSteps: 0 } });
  const cards = cardsOf(events);
  expect(await ask({ type: 'openFolders', folders })).toMatchObject({ type: 'failed', error });
  expect(cardsOf(events)).toBe(cards);
  expect(await ask({ type: 'generate', ...QUESTION, model: 'fused' })).toMatchObject({ type: 'done' });
});

test('own rows are counted, refused with their row, and put back', async () => {
  const { events, ask } = await opened();
  const bad = text('mine.jsonl', '{"prompt":"a","response":"b"}\n{"prompt":"a"}');
  const refused = await ask({ type: 'openRows', expert: 'honest', file: bad });
  expect(refused).toMatchObject({ type: 'failed', error: { code: 'bad-dataset', detail: { file: 'mine.jsonl', field: 'response', offset: 2, offsetUnit: 'line' } } });
  expect(cardsOf(events).at(-1)?.ownRows).toBeUndefined();
  // Two at once: neither undoes the other.
  await Promise.all([ask({ type: 'openRows', expert: 'honest', file: rowsFile() }), ask({ type: 'openRows', expert: 'helpful', file: text('q.csv', 'question,answer\nab,c!\n') })]);
  expect(cardsOf(events).map(({ rows, ownRows }) => [rows, ownRows])).toEqual([
    [undefined, undefined], [1, { file: 'q.csv', unsafe: 0, tooLong: 0, unknown: 1 }], [20, undefined], [30, { file: 'mine.jsonl', unsafe: 0, tooLong: 0, unknown: 0 }],
  ]);
  await ask({ type: 'restore', what: { rows: 'honest' } });
  expect(cardsOf(events).at(-1)).toMatchObject({ rows: 20 });
});

test('an alignment learns its rows, takes the place of the model, is fused, saved, opened again and put back', async () => {
  const { events, ask, say } = await opened();
  const before = await say();
  await ask({ type: 'openRows', expert: 'honest', file: rowsFile() });
  const aligned = await ask({ type: 'align', expert: 'honest', recipe: { ...ALIGN, steps: 60 } });
  if (aligned.type !== 'aligned') throw new Error(JSON.stringify(aligned));
  expect(aligned.result.rows).toBeLessThanOrEqual(30);
  const points = events.flatMap((event) => (event.type === 'aligning' ? event.points : []));
  expect(points.map(({ step }) => step)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  expect(points.at(-1)?.lm).toBeLessThan((points[0]?.lm ?? 0) / 2);
  expect(events.flatMap((event) => (event.type === 'aligning' ? [event.status.phase] : [])).at(-1)).toBe('finished');
  // No run of the studio: that of a fusion is not spoken of.
  expect(events.some(({ type }) => type === 'runState')).toBe(false);
  expect(cardsOf(events).at(-1)).toMatchObject({ origin: 'aligned', rows: 30 });
  expect(await say({ prompt: 'ab' })).toBe('z y x');
  expect(await ask({ type: 'fuse', recipe: RECIPE })).toMatchObject({ reason: 'end' });

  const saved = await ask({ type: 'save', model: 'honest' });
  if (saved.type !== 'saved') throw new Error(JSON.stringify(saved));
  expect(saved.files.map(({ name }) => name)).toEqual(['config.json', 'generation_config.json', 'model.safetensors']);
  const own = await say();
  await ask({ type: 'restore', what: { model: 'honest' } });
  expect(cardsOf(events).at(-1)?.origin).toBe('embedded');
  expect(await say()).toBe(before);
  await ask({ type: 'openFolders', folders: { honest: { name: 'saved', files: saved.files.map(({ name, bytes }) => ({ name, bytes: new Blob([bytes]) })) } } });
  expect(await say()).toBe(own);
  expect(await ask({ type: 'restore', what: { model: 'honest' } })).toMatchObject({ type: 'failed', error: { code: 'bad-option' } });
});

test('a cancelled alignment changes nothing, and neither of a run and an alignment begins beside the other', async () => {
  const { engine, events, until, ask } = await opened();
  const cards = cardsOf(events);
  engine.handle({ type: 'align', id: 50, expert: 'harmless', recipe: { ...ALIGN, steps: 20_000 } });
  await until((event) => event.type === 'aligning' && event.points.length > 0);
  for (const command of [{ type: 'fuse', recipe: RECIPE }, { type: 'openRows', expert: 'honest', file: rowsFile() }, { type: 'align', expert: 'honest', recipe: ALIGN }]) {
    expect(await ask(command)).toMatchObject({ type: 'failed', error: { code: 'bad-option', detail: { file: 'the alignment' } } });
  }
  engine.handle({ type: 'cancel', id: 50 });
  expect(await until((event) => event.type === 'done' && event.id === 50)).toMatchObject({ reason: 'cancelled' });
  expect(cardsOf(events)).toBe(cards);
  expect(await ask({ type: 'align', expert: 'honest', recipe: { ...ALIGN, steps: 0 } })).toMatchObject({ type: 'failed', error: { detail: { field: 'steps' } } });
  engine.handle({ type: 'fuse', id: 51, recipe: { ...RECIPE, steps: 500 } });
  await until((event) => event.type === 'metrics');
  expect(await ask({ type: 'align', expert: 'honest', recipe: ALIGN })).toMatchObject({ type: 'failed', error: { detail: { file: 'the run' } } });
  engine.handle({ type: 'stop' });
  await until((event) => event.type === 'done' && event.id === 51);
});

test('memory is told before a run, and rows under a fault keep their own place in the metrics', async () => {
  const { events, ask } = await opened();
  const told = await ask({ type: 'estimate', recipe: RECIPE });
  if (told.type !== 'estimated') throw new Error(JSON.stringify(told));
  const { memory } = told;
  expect(memory.total).toBe(memory.weights + memory.gradients + memory.optimiser + memory.activations + memory.other);
  expect(memory.limit).toBeGreaterThan(memory.largest.bytes);
  await ask({ type: 'fuse', recipe: { ...RECIPE, fault: 'one-label', batch: 12, gateWeight: 5, steps: 10 } });
  const router = events.flatMap((event) => (event.type === 'metrics' ? event.points : [])).at(-1)?.router;
  expect(router?.load[0]).toHaveLength(NAMES.length);
  for (const row of router?.load[0] ?? []) expect(row.every(Number.isFinite)).toBe(true);
});
