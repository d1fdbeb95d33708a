import { Generator } from '../../model/generate';
import { command } from '../command';
import { EMBEDDED } from '../embedded';
import { withStore } from '../measure';
import { interventionJson, interventionOptions, openIntervention } from '../intervention_options';
import { baseOption, openModel } from '../open_model';
import { openPrompt, promptOptions } from '../open_prompt';
import { tokenizerOption } from '../open_tokenizer';
import { integer, number, path } from '../options';

export const generateCommand = command({
  name: 'generate',
  summary: 'continues a text',
  examples: [
    'generate --model models/story --prompt "Once upon a time" --max-new-tokens 120',
    'generate --model models/fused --template alpaca --prompt "Name a fruit." --temperature 0.8 --top-p 0.9 --seed 7',
    'generate --model out/fused --prompt "are bats blind? =>" --tokenizer public/models --mute honest --router-bias helpful=2 --layers 1,3',
  ],
  options: {
    model: path('DIR', EMBEDDED.base, 'a Hugging Face model or LoRA directory'),
    base: baseOption,
    ...promptOptions,
    tokenizer: tokenizerOption,
    'max-new-tokens': integer(64, 'most tokens to write; the end-of-sequence token and the context end it earlier', { min: 1 }),
    temperature: number(0, '0 takes the most likely token'),
    'top-p': number(1, 'draws from the smallest set of tokens with this much probability', { max: 1 }),
    seed: integer(1, 'of the draws'),
    ...interventionOptions,
  },
  run: async (values, context) => {
    const model = await openModel(values.model, context, values);
    const { config } = model.host;
    const { ids: prompt, tokenizer } = await openPrompt(model, values);
    const intervention = openIntervention(values, config);
    const wanted = values['max-new-tokens'];
    const eos = config.eos ?? (tokenizer?.eos === undefined ? [] : [tokenizer.eos]);
    const ids = await withStore(await context.gpu(), model.host, async (store) => {
      const generator = new Generator(store, { capacity: Math.min(prompt.length + wanted, config.context) });
      const progress = context.progress('tokens');
      const written: number[] = [];
      const signal = context.interrupted();
      const sampling = { temperature: values.temperature, topP: values['top-p'], seed: values.seed };
      try {
        for await (const { id } of generator.run(prompt, { ...sampling, maxNewTokens: wanted, eos, signal }, intervention)) {
          written.push(id);
          progress.show(written.length, wanted);
        }
        return written;
      } finally {
        progress.end();
        generator.dispose();
      }
    });
    const text = tokenizer?.decode(ids) ?? null;
    const named = intervention === undefined ? {} : { intervention: interventionJson(intervention, config) };
    return { json: { ids, text, ...named }, text: text ?? ids.join(',') };
  },
});
