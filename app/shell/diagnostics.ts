import type { EngineError } from '../../src/engine/protocol';
import { useStudio } from '../store/studio';

/** What a person who helps would ask for first. Holds no prompt and no text of a model. */
export function diagnostics(error: EngineError | undefined): string {
  const { engine, absence, adapter, run, fusedWith, cards } = useStudio.getState();
  return JSON.stringify(
    {
      error, engine, absence, adapter, run, recipe: fusedWith,
      models: cards.map(({ id, parameters, layers, width, vocab }) => ({ id, parameters, layers, width, vocab })),
      page: { secure: isSecureContext, webgpu: 'gpu' in navigator, agent: navigator.userAgent, language: navigator.language },
      at: new Date().toISOString(),
    },
    undefined,
    2,
  );
}
