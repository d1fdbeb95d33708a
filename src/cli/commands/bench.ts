import { benchDecode, type DecodeTime } from '../../bench/decode_bench';
import { benchMatmul, matmulLine } from '../../bench/matmul_bench';
import { benchStep, type StepTime } from '../../bench/step_bench';
import { BENCH_DENSE, BENCH_EXPERTS } from '../../bench/synthetic_model';
import type { ModelConfig } from '../../formats/hf_config';
import type { Gpu } from '../../gpu/gpu';
import { parameterCount } from '../../model/parameters';
import { command, type Context } from '../command';
import { choice, integer, numbers, type Values } from '../options';

const MODELS: readonly (readonly [string, ModelConfig])[] = [['dense', BENCH_DENSE], ['3 experts, top-2', BENCH_EXPERTS]];

const options = {
  what: choice(['all', 'matmul', 'step', 'decode'], 'all', 'what is measured; the word alone does too'),
  sizes: numbers([256, 512, 1024], 'of the square matrices', { min: 1, max: 8192 }),
  kernels: choice(['chosen', 'all'], 'chosen', 'the matmul that serves the size, or every one that this adapter can run'),
  rounds: integer(5, 'timed rounds of each matmul', { min: 1, max: 1000 }),
  batch: integer(8, 'sequences of a step', { min: 1, max: 1024 }),
  length: integer(64, 'tokens of a sequence', { min: 2, max: BENCH_DENSE.context }),
  steps: integer(5, 'timed steps', { min: 1, max: 10_000 }),
  'prompt-tokens': integer(32, 'before decoding', { min: 2, max: BENCH_DENSE.context / 2 }),
  'new-tokens': integer(32, 'timed tokens', { min: 1, max: BENCH_DENSE.context / 2 - 2 }),
} as const;

export const benchCommand = command({
  name: 'bench',
  summary: 'measures this machine: matmul, a training step and decoding, on synthetic models (medians)',
  examples: ['bench', 'bench matmul --sizes 512 --kernels all', 'bench step --json', 'bench decode --new-tokens 64'],
  options,
  positional: 'what',
  run: async (values, context) => {
    const gpu = await context.gpu();
    const { what } = values;
    const lines = [`adapter: ${gpu.adapter.name}`];
    const json: Record<string, unknown> = { adapter: gpu.adapter.name };
    if (what === 'all' || what === 'matmul') {
      const { sizes, kernels, rounds } = values;
      const figures = await benchMatmul(gpu, { sizes, kernels, rounds, onFigure: (figure) => { context.say(matmulLine(figure)); } });
      lines.push(...figures.map(matmulLine));
      json['matmul'] = figures;
    }
    if (what === 'all' || what === 'step') {
      const times = await benchSteps(gpu, values, context);
      lines.push(...times.map(({ model, batch, length, millisecondsPerStep, tokensPerSecond }) =>
        `step, ${model}, ${batch} × ${length} tokens: ${millisecondsPerStep.toFixed(1)} ms, ${tokensPerSecond.toFixed(0)} tokens/s`));
      json['step'] = times;
    }
    if (what === 'all' || what === 'decode') {
      const times = await benchDecodes(gpu, values, context);
      lines.push(...times.map(({ model, tokensPerSecond, promptMilliseconds }) =>
        `decode, ${model}: ${tokensPerSecond.toFixed(1)} tokens/s, prompt in ${promptMilliseconds.toFixed(1)} ms`));
      json['decode'] = times;
    }
    return { json, text: lines.join('\n') };
  },
});

/** What a model was, beside what it took. */
interface Measured {
  readonly model: string;
  readonly parameters: number;
}

async function benchSteps(
  gpu: Gpu, { batch, length, steps }: Values<typeof options>, context: Context,
): Promise<(Measured & StepTime & { readonly batch: number; readonly length: number })[]> {
  const results = [];
  for (const [model, config] of MODELS) {
    context.say(`step, ${model}`);
    results.push({ model, parameters: parameterCount(config), batch, length, ...(await benchStep(gpu, { config, batch, length, steps })) });
  }
  return results;
}

async function benchDecodes(gpu: Gpu, values: Values<typeof options>, context: Context): Promise<(Measured & DecodeTime)[]> {
  const sizes = { promptTokens: values['prompt-tokens'], newTokens: values['new-tokens'] };
  const results = [];
  for (const [model, config] of MODELS) {
    context.say(`decode, ${model}`);
    results.push({ model, parameters: parameterCount(config), ...(await benchDecode(gpu, { config, ...sizes })) });
  }
  return results;
}
