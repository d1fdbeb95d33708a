import type { ModelConfig } from '../formats/hf_config';
import type { Gpu } from '../gpu/gpu';
import { Scope } from '../gpu/scope';
import type { Tensor } from '../gpu/tensor';

/**
 * Keys and values of past positions, per layer, of `batch` sequences with `capacity` places each; under sequence routing also
 * the mean FFN inputs that the routers saw.
 */
export class KvCache {
  readonly keys: readonly Tensor[]; // L × (batch·capacity, KV·D)
  readonly values: readonly Tensor[]; // L × (batch·capacity, KV·D)
  readonly routerInput: readonly Tensor[]; // L × (batch, C)
  private readonly scope: Scope;

  constructor(gpu: Gpu, config: ModelConfig, readonly capacity: number, batch = 1) {
    this.scope = new Scope(gpu, 'kv cache');
    const layers = Array.from({ length: config.layers }, (_, layer) => layer);
    const shape = [batch * capacity, config.kvHeads * config.headDim];
    this.keys = layers.map((layer) => this.scope.tensor(`keys ${layer}`, shape));
    this.values = layers.map((layer) => this.scope.tensor(`values ${layer}`, shape));
    this.routerInput = config.routing === 'sequence' ? layers.map((layer) => this.scope.tensor(`router input ${layer}`, [batch, config.width])) : [];
  }

  dispose(): void {
    this.scope.dispose();
  }
}
