import { benchDecode } from '../../bench/decode_bench';
import { benchStep } from '../../bench/step_bench';
import { BENCH_DENSE, BENCH_EXPERTS } from '../../bench/synthetic_model';
import type { ModelConfig } from '../../formats/hf_config';
import type { Gpu } from '../../gpu/gpu';
import { parameterCount } from '../../model/parameters';
import { command } from '../command';
import { choice, integer } from '../options';

const MODELS: ReadonlyMap<string, ModelConfig> = new Map([['dense', BENCH_DENSE], ['three experts, top-2', BENCH_EXPERTS]]);

export const benchCommand = command({
  name: 'bench',
  summary: 'measures this machine: a training step and decoding, on synthetic models (medians)',
  examples: ['bench', 'bench step --json', 'bench decode --new-tokens 64'],
  options: {
    what: choice(['all', 'step', 'decode'], 'all', 'what is measured; the word alone does too'),
    batch: integer(8, 'sequences of a step', { min: 1, max: 256 }),
    length: integer(64, 'tokens of a sequence', { min: 2, max: BENCH_DENSE.context }),
    steps: integer(5, 'timed steps', { min: 1 }),
    'prompt-tokens': integer(32, 'before decoding', { min: 2, max: 128 }),
    'new-tokens': integer(32, 'timed tokens', { min: 1, max: 100 }),
  },
  positional: 'what',
  run: async (values, context) => {
    const gpu = await context.gpu();
    const wants = (part: 'step' | 'decode'): boolean => values.what === 'all' || values.what === part;
    const results = {
      adapter: gpu.adapter.name,
      ...(wants('step') ? { step: await benchSteps(gpu, values) } : {}),
      ...(wants('decode') ? { decode: await benchDecodes(gpu, { promptTokens: values['prompt-tokens'], newTokens: values['new-tokens'] }) } : {}),
    };
    return { json: results, text: lines(results).join('\n') };
  },
});

/** What a model was, beside what it took. */
interface Measured {
  readonly model: string;
  readonly parameters: number;
}

type StepResult = Measured & Awaited<ReturnType<typeof benchStep>> & { readonly batch: number; readonly length: number };
type DecodeResult = Measured & Awaited<ReturnType<typeof benchDecode>>;

async function benchSteps(gpu: Gpu, { batch, length, steps }: { readonly batch: number; readonly length: number; readonly steps: number }): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const [model, config] of MODELS) {
    results.push({ model, parameters: parameterCount(config), batch, length, ...(await benchStep(gpu, { config, batch, length, steps })) });
  }
  return results;
}

async function benchDecodes(gpu: Gpu, sizes: { readonly promptTokens: number; readonly newTokens: number }): Promise<DecodeResult[]> {
  const results: DecodeResult[] = [];
  for (const [model, config] of MODELS) results.push({ model, parameters: parameterCount(config), ...(await benchDecode(gpu, { config, ...sizes })) });
  return results;
}

function lines({ adapter, step = [], decode = [] }: { readonly adapter: string; readonly step?: readonly StepResult[]; readonly decode?: readonly DecodeResult[] }): string[] {
  return [
    `adapter: ${adapter}`,
    ...step.map(({ model, batch, length, millisecondsPerStep, tokensPerSecond }) =>
      `step, ${model}, ${batch} × ${length} tokens: ${millisecondsPerStep.toFixed(0)} ms, ${tokensPerSecond.toFixed(0)} tokens/s`),
    ...decode.map(({ model, tokensPerSecond, promptMilliseconds }) => `decode, ${model}: ${tokensPerSecond.toFixed(1)} tokens/s, prompt in ${promptMilliseconds.toFixed(0)} ms`),
  ];
}
