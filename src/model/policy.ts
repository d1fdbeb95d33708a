import type { ParameterSpec } from './parameters';

/** How the FFN (dense, or all experts) trains: not at all, by low-rank adapters beside frozen weights, or whole. */
export type FfnTraining =
  | { readonly kind: 'frozen' }
  | { readonly kind: 'full' }
  | { readonly kind: 'lora'; readonly rank: number; readonly alpha: number; readonly dropout: number };

/** What trains. Everything not named stays frozen. */
export interface TrainingPolicy {
  readonly ffn: FfnTraining;
  readonly router: boolean;
  readonly attention: boolean;
  readonly norms: boolean;
  readonly embeddings: boolean;
}

export const FROZEN: TrainingPolicy = { ffn: { kind: 'frozen' }, router: false, attention: false, norms: false, embeddings: false };
export const EVERYTHING: TrainingPolicy = { ffn: { kind: 'full' }, router: true, attention: true, norms: true, embeddings: true };

export function trains(policy: TrainingPolicy, { role }: ParameterSpec): boolean {
  switch (role) {
    case 'embedding':
    case 'head':
      return policy.embeddings;
    case 'norm':
      return policy.norms;
    case 'attention':
      return policy.attention;
    case 'router':
      return policy.router;
    case 'ffn':
      return policy.ffn.kind === 'full';
    default:
      return role satisfies never;
  }
}
