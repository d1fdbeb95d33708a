import { basename, dirname } from 'node:path';
import { Refusal } from '../../errors/refusal';
import type { ModelConfig } from '../../formats/hf_config';
import { toFileNames } from '../../formats/model_files';
import { writeSafetensors } from '../../formats/safetensors_writer';
import { writeDirectory } from '../../headless/directory';
import { batchOfLabels, MASKED } from '../../model/batch';
import { EVERYTHING } from '../../model/policy';
import { ParameterStore } from '../../model/store';
import { gradientsOf } from '../../train/gradients';
import { NO_ROUTER_LOSSES } from '../../train/recipe';
import { command } from '../command';
import { EMBEDDED } from '../embedded';
import { baseOption, openModel } from '../open_model';
import { requireIds, requireTopK } from '../open_prompt';
import { bad, choice, integer, number, numbers, path } from '../options';
import { requireOutputFile } from '../output';

export const gradsCommand = command({
  name: 'grads',
  summary: 'the gradient of every parameter for one sequence, as a safetensors file under the model\'s own names',
  examples: ['grads --model models/fused --ids 1,5,9,2 --labels -100,-100,9,2 --gate-weight 0.1 --dataset-label 2 --out grads.safetensors'],
  options: {
    model: path('DIR', EMBEDDED.base, 'a Hugging Face model or LoRA directory'),
    base: baseOption,
    ids: numbers([1, 2, 3, 4], 'the sequence'),
    labels: numbers(null, 'as in HF: labels[t] is predicted from position t-1, labels[0] is not used, -100 is masked (default: the ids). '
      + 'Under sequence routing the prompt is what stands before the first label'),
    out: path('FILE', 'out/gradients.safetensors', 'the file to write'),
    'top-k': integer(null, 'experts a token (default: the model\'s)', { min: 1 }),
    'gate-loss': choice(['nll', 'paper-code'], 'nll', 'of the router'),
    'gate-weight': number(0, 'its weight in the loss'),
    'dataset-label': integer(0, 'the expert that the sequence belongs to'),
  },
  run: async (values, context) => {
    const { host, files } = await openModel(values.model, context, values);
    const config: ModelConfig = { ...host.config, topK: requireTopK(values['top-k'], host.config) };
    const labels = values.labels ?? values.ids;
    requireIds(values.ids, config, '--ids');
    requireLabels(labels, values.ids, config);
    const label = values['dataset-label'];
    if (label >= config.experts) throw bad('dataset-label', `at most ${config.experts - 1}, the last expert`, String(label));
    requireOutputFile(values.out);
    const gpu = await context.gpu();
    const store = new ParameterStore(gpu, config, EVERYTHING);
    try {
      store.load(host.weights);
      const batch = batchOfLabels([values.ids], [labels], { datasetLabels: [label], promptLengths: [promptLength(labels)] });
      const losses = { ...NO_ROUTER_LOSSES, gateLoss: values['gate-loss'], gateWeight: values['gate-weight'] };
      const { loss, lm, gate, gradients } = await gradientsOf(store, batch, losses);
      const named = toFileNames(gradients, files);
      requireFinite(loss, named.values());
      await writeDirectory(dirname(values.out), new Map([[basename(values.out), writeSafetensors(named)]]));
      return {
        json: { loss, lm, gate, tensors: named.size, out: values.out },
        text: `loss ${loss} = lm ${lm} + ${values['gate-weight']} × gate ${gate}; ${named.size} gradients in ${values.out}`,
      };
    } finally {
      store.dispose();
    }
  },
});

function requireLabels(labels: readonly number[], ids: readonly number[], { vocab }: ModelConfig): void {
  if (labels.length !== ids.length) throw bad('labels', `${ids.length} labels, one for each id`, String(labels.length));
  const stranger = labels.findIndex((label) => label !== MASKED && (label < 0 || label >= vocab));
  if (stranger >= 0) throw bad('labels', `-100 or ids from 0 to ${vocab - 1}`, `${labels[stranger] ?? ''} in place ${stranger + 1}`);
  if (labels.slice(1).every((label) => label === MASKED)) throw bad('labels', 'a label after the first that is not -100', 'none');
}

/** Tokens before the first label: what the response follows. */
function promptLength(labels: readonly number[]): number {
  return Math.max(labels.findIndex((label, t) => t > 0 && label !== MASKED), 1);
}

function requireFinite(loss: number, gradients: Iterable<{ readonly data: Float32Array }>): void {
  const finite = Number.isFinite(loss) && [...gradients].every(({ data }) => data.every((value) => Number.isFinite(value)));
  if (finite) return;
  throw new Refusal('not-finite', {
    file: 'the gradients', expected: 'finite values', got: 'overflow', fix: 'the weights are too large for f32: check the model',
  });
}
