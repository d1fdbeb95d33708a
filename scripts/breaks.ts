// What the presets under "Break it" do to the embedded models, beside the default: node scripts/breaks.mjs [NAME …]
// With --examine also what the fused model is worth without each expert, on the whole test suite.
// Fuses and measures through the studio's own engine, on 120 test rows a measure. Figures for docs/LOG.md.
import { join } from 'node:path';
import type { Event } from '../src/engine/protocol';
import { BREAKS, PRESETS, type RunRecipe } from '../src/engine/recipe';
import { StudioEngine } from '../src/engine/studio_engine';
import { readBytes } from '../src/headless/directory';
import { nodeGpu } from '../src/headless/node_gpu';

const ROWS = 120;
const RECIPES: Readonly<Record<string, RunRecipe>> = { ...BREAKS, 'mended collapse': { ...BREAKS.collapse, topK: 2, fault: 'none' }, default: PRESETS.default };

const events: Event[] = [];
const engine = new StudioEngine({
  emit: (event) => { events.push(event); },
  acquire: () => nodeGpu(),
  site: () => (path) => readBytes(join('public/models', path)),
});

async function answered(id: number): Promise<Event> {
  for (;;) {
    const found = events.find((event) => 'id' in event && event.id === id && ['ready', 'done', 'failed', 'examined'].includes(event.type));
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

engine.handle({ type: 'open', id: 1, modelsUrl: '' });
await answered(1);
const examines = process.argv.includes('--examine');
const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'));
let id = 1;
for (const name of asked.length > 0 ? asked : Object.keys(RECIPES)) {
  const recipe = RECIPES[name];
  if (recipe === undefined) throw new Error(`there is no ${name}`);
  const started = performance.now();
  events.length = 0;
  id += 1;
  engine.handle({ type: 'fuse', id, recipe });
  const fused = await answered(id);
  if (fused.type === 'failed') throw new Error(fused.error.message);
  const last = events.flatMap((event) => (event.type === 'metrics' ? event.points : [])).at(-1)?.router;
  id += 1;
  engine.handle({ type: 'evaluate', id, models: ['fused'], split: 'test', limit: ROWS });
  await answered(id);
  if (examines) {
    id += 1;
    engine.handle({ type: 'examine', id });
    await answered(id);
  }
  const ablation = events.flatMap((event) => (event.type === 'examined' ? event.result.ablation : []));
  const measured = events.flatMap((event) => (event.type === 'evaluated' ? [event.result] : [])).at(-1);
  const experts = Array.from({ length: 3 }, (_, e) => mean(last?.load.flatMap((layer) => layer.map((row) => row[e] ?? 0)) ?? []));
  const { helpful, harmless, honest, hhh, details } = measured ?? {};
  console.log(JSON.stringify({
    name, seconds: Math.round((performance.now() - started) / 1000), load: experts.map(short), accuracy: last?.accuracy, entropy: short(last?.entropy),
    helpful: short(helpful?.value), harmless: short(harmless?.value), honest: short(honest?.value), hhh: short(hhh?.value),
    ...Object.fromEntries(ablation.map((each) => [`without ${each.muted}`, short(each.hhh.value)])),
    refusesHarmful: short(details?.refusesHarmful), refusesBenign: short(details?.refusesBenign ?? undefined),
  }));
}
process.exit(0);

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function short(value = Number.NaN): number {
  return Number(value.toFixed(3));
}
