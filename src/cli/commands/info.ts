import type { ModelConfig } from '../../formats/hf_config';
import { writeConfig } from '../../formats/hf_config_writer';
import { isJsonArray, isJsonMap, type JsonMap, type JsonValue } from '../../formats/json';
import { parameterCount } from '../../model/parameters';
import { command, type Context } from '../command';
import { EMBEDDED } from '../embedded';
import { baseOption, openModel } from '../open_model';
import { path } from '../options';

export const infoCommand = command({
  name: 'info',
  summary: 'reads and checks a model or LoRA directory; says what it is and which GPU adapter there is',
  examples: ['info --model models/story --json'],
  options: { model: path('DIR', EMBEDDED.base, 'a Hugging Face model or LoRA directory'), base: baseOption },
  run: async ({ model: directory, base }, context) => {
    const { host: { config }, files, adapter: lora } = await openModel(directory, context, { base });
    const parameters = parameterCount(config);
    const adapter = await adapterName(context);
    // What the file says, over the same facts as this project reads them, defaults included.
    const facts = { ...(JSON.parse(writeConfig(config)) as object), ...plain(files.rawConfig) };
    const low = lora && { rank: lora.rank, alpha: lora.alpha, dropout: lora.dropout, modules: lora.tensors.size };
    return {
      json: { parameters, config: facts, adapter, ...(low === undefined ? {} : { lora: low }) },
      text: [
        `${directory}: ${parameters.toLocaleString('en')} parameters${low ? `, LoRA of rank ${low.rank} on ${low.modules} modules` : ''}`,
        describe(config),
        `GPU adapter: ${adapter ?? 'none'}`,
      ].join('\n'),
    };
  },
});

function describe({ experts, topK, routing, layers, width, ffnWidth, heads, kvHeads, vocab, context }: ModelConfig): string {
  const kind = experts === 1 ? 'dense' : `${experts} experts, top-${topK} per ${routing}`;
  const attention = `${heads} heads (${kvHeads} for keys and values)`;
  return `${kind}; ${layers} layers, width ${width}, FFN ${ffnWidth}, ${attention}, vocabulary ${vocab}, context ${context}`;
}

/** The GPU's name; null where none can be had, which is no fault of the model. */
async function adapterName(context: Context): Promise<string | null> {
  try {
    return (await context.gpu()).adapter.name;
  } catch {
    return null;
  }
}

function plain(map: JsonMap): Record<string, unknown> {
  const value = (item: JsonValue): unknown => (isJsonMap(item) ? plain(item) : isJsonArray(item) ? item.map(value) : item);
  return Object.fromEntries([...map].map(([key, item]) => [key, value(item)]));
}
