import { Generator } from '../../model/generate';
import { argmax } from '../../model/sample';
import { command } from '../command';
import { EMBEDDED } from '../embedded';
import { withStore } from '../measure';
import { baseOption, openModel } from '../open_model';
import { openPrompt, promptOptions, requireTopK } from '../open_prompt';
import { openTokenizer, tokenizerOption } from '../open_tokenizer';
import { flag, integer, path } from '../options';

const SHOWN = 10;

export const logitsCommand = command({
  name: 'logits',
  summary: 'the scores of every token for the position after the input',
  examples: ['logits --model models/story --ids 1,80,147 --json', 'logits --model models/fused --prompt "How are you?" --router --json'],
  options: {
    model: path('DIR', EMBEDDED.base, 'a Hugging Face model or LoRA directory'),
    base: baseOption,
    ...promptOptions,
    tokenizer: tokenizerOption,
    router: flag('adds router[layer][token][expert]: the probabilities of the whole input'),
    'top-k': integer(null, 'experts a token (default: the model\'s)', { min: 1 }),
  },
  run: async (values, context) => {
    const model = await openModel(values.model, context, values);
    const { ids, tokenizer } = await openPrompt(model, values);
    const topK = requireTopK(values['top-k'], model.host.config);
    const names = tokenizer ?? (await openTokenizer(model, values.tokenizer).catch(() => undefined))?.tokenizer;
    const { logits, router } = await withStore(await context.gpu(), model.host, async (store) => {
      const generator = new Generator(store, { topK, capacity: ids.length });
      try {
        return await generator.logits(ids);
      } finally {
        generator.dispose();
      }
    });
    const best = [...logits.keys()].sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0)).slice(0, SHOWN);
    return {
      json: { logits: [...logits], argmax: argmax(logits), ...(values.router ? { router } : {}) },
      text: best.map((id) => {
        const word = names === undefined ? '' : JSON.stringify(names.tokenText(id));
        return `${String(id).padStart(7)}  ${(logits[id] ?? NaN).toFixed(4).padStart(9)}  ${word}`;
      }).join('\n'),
    };
  },
});
