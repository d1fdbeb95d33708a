import { Refusal } from '../errors/refusal';
import type { ModelConfig } from '../formats/hf_config';
import { countingGpu } from '../gpu/counting';
import type { AdapterFacts } from '../gpu/gpu';
import type { LedgerEntry } from '../gpu/ledger';
import type { TrainingPolicy } from '../model/policy';
import { ParameterStore } from '../model/store';
import type { MemoryEstimate } from './memory_estimate';
import type { TrainingRecipe } from './recipe';
import { Trainer } from './trainer';

export interface TrainingPlan {
  readonly config: ModelConfig;
  readonly policy: TrainingPolicy;
  readonly recipe: TrainingRecipe;
  /** Tokens of the longest row. */
  readonly longest: number;
  /** Experts' datasets; 1 for a dense model. */
  readonly datasets: number;
}

/**
 * What a run will allocate before its first step, known without a GPU: its own code is run on a counting one. Not in it: the few
 * kB of parameters that batches of shorter rows bring later, and the base model that a fitted router start holds before the run.
 */
export async function estimateMemory(adapter: AdapterFacts, { config, policy, recipe, longest, datasets }: TrainingPlan): Promise<MemoryEstimate> {
  const gpu = countingGpu(adapter);
  const store = new ParameterStore(gpu, config, policy);
  const row = { ids: new Uint32Array(longest), promptLength: 1, label: 0 };
  const trainer = await Trainer.create(store, [row], recipe, { datasets });
  const entries = gpu.ledger.entries();
  trainer.dispose();
  store.dispose();
  return summed(entries);
}

function summed(entries: readonly LedgerEntry[]): MemoryEstimate {
  const bytes = { weights: 0, gradients: 0, optimiser: 0, activations: 0, other: 0 };
  for (const entry of entries) bytes[kindOf(entry.label)] += entry.bytes;
  const total = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  const largest = entries.reduce((most, entry) => (entry.bytes > most.bytes ? entry : most), { label: '', bytes: 0 });
  return { ...bytes, total, largest };
}

function kindOf(label: string): keyof Omit<MemoryEstimate, 'total' | 'largest'> {
  if (label === 'parameters/gradients') return 'gradients';
  if (label === 'parameters/first moments' || label === 'parameters/second moments' || label.startsWith('trainer/')) return 'optimiser';
  if (label.startsWith('parameters/')) return 'weights';
  return label.startsWith('training/') ? 'activations' : 'other';
}

export type BufferLimits = Pick<GPUSupportedLimits, 'maxBufferSize' | 'maxStorageBufferBindingSize'>;

/** Most bytes that one buffer may have and still be bound. */
export function largestBuffer({ maxBufferSize, maxStorageBufferBindingSize }: BufferLimits): number {
  return Math.min(maxBufferSize, maxStorageBufferBindingSize);
}

/** @throws Refusal 'out-of-memory' where the largest buffer is above what the adapter gives one. */
export function requireFits({ largest }: MemoryEstimate, limits: BufferLimits): void {
  const limit = largestBuffer(limits);
  if (largest.bytes <= limit) return;
  throw new Refusal('out-of-memory', {
    file: 'GPU memory', field: largest.label, expected: `at most ${mebibytes(limit)} in one buffer`, got: mebibytes(largest.bytes),
    fix: 'lower the rows per step, shorten the rows or take a smaller model; nothing was allocated',
  });
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(bytes < 10 * 2 ** 20 ? 1 : 0)} MiB`;
}
