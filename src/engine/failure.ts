import { Refusal } from '../errors/refusal';
import type { EngineError } from './protocol';

/** An error as it crosses to the page: data, never to be parsed from its sentence. */
export function engineError(error: unknown): EngineError {
  if (error instanceof Refusal) return { code: error.code, message: error.message, detail: error.detail };
  return { code: 'unexpected', message: error instanceof Error ? error.message : String(error), detail: {} };
}
