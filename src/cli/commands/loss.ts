import { command } from '../command';
import { EMBEDDED } from '../embedded';
import { measureRows, withStore } from '../measure';
import { baseOption, openModel } from '../open_model';
import { requireTopK } from '../open_prompt';
import { openDataset, rowOptions, splitRows } from '../open_rows';
import { requireTokenizer, tokenizerOption } from '../open_tokenizer';
import { choice, integer, path } from '../options';

export const lossCommand = command({
  name: 'loss',
  summary: 'mean negative log-likelihood of a dataset\'s responses',
  examples: ['loss --model models/fused --data alpaca.json --split validation --max-length 128 --json'],
  options: {
    model: path('DIR', EMBEDDED.base, 'a Hugging Face model or LoRA directory'),
    base: baseOption,
    data: path('FILE', EMBEDDED.data.get('helpful') ?? '', 'Alpaca JSON, BeaverTails JSONL, TruthfulQA CSV, or any prompt and response'),
    split: choice(['train', 'validation', 'all'], 'all', 'which side of the split'),
    limit: integer(null, 'the first N rows of it', { min: 1 }),
    ...rowOptions,
    tokenizer: tokenizerOption,
    'top-k': integer(null, 'experts a token (default: the model\'s)', { min: 1 }),
  },
  run: async (values, context) => {
    const model = await openModel(values.model, context, values);
    const { config } = model.host;
    const topK = requireTopK(values['top-k'], config);
    const { tokenizer } = await requireTokenizer(model, values.tokenizer, 'give --tokenizer');
    const dataset = await openDataset(values.data, values.template);
    const rules = { tokenizer, config, maxLength: values['max-length'], seed: values['split-seed'], limit: values.limit };
    const { rows, dropped } = splitRows(dataset, values.split, rules);
    const gpu = await context.gpu();
    const { nll, tokens } = await withStore(gpu, model.host, (store) => measureRows(store, rows, context, { label: 'rows', topK }));
    return {
      json: { nll, tokens, rows: rows.length, dropped },
      text: `${nll.toFixed(4)} nats per response token (perplexity ${Math.exp(nll).toFixed(2)}), `
        + `${tokens} tokens of ${rows.length} rows, ${dropped} dropped`,
    };
  },
});
