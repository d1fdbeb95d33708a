import { EngineFailure, type EngineClient } from '../../src/engine/client';
import type { EngineError } from '../../src/engine/protocol';
import { Refusal } from '../../src/errors/refusal';
import { type ErrorPlace, useStudio } from './studio';

let client: EngineClient | undefined;

/** The engine that every action speaks to. */
export function joinEngine(joined: EngineClient): void {
  client = joined;
}

export function engine(): EngineClient | undefined {
  return client;
}

export function dismiss(place: ErrorPlace): void {
  useStudio.setState(({ errors: { [place]: _, ...others } }) => ({ errors: others }));
}

/** A lost GPU is everybody's: it is told once, over the page, whoever met it. */
export function show(place: ErrorPlace, error: EngineError): void {
  const where = error.code === 'device-lost' && useStudio.getState().engine !== 'opening' ? 'page' : place;
  useStudio.setState(({ errors }) => ({ errors: { ...errors, [where]: error } }));
}

export function errorOf(failure: unknown): EngineError {
  if (failure instanceof EngineFailure) return failure.error;
  if (failure instanceof Refusal) return { code: failure.code, message: failure.message, detail: failure.detail };
  return { code: 'unexpected', message: failure instanceof Error ? failure.message : String(failure), detail: {} };
}
