import { EngineClient } from '../../src/engine/client';
import { trusted, workerUrl } from './trusted';

export function startEngine(): EngineClient {
  return new EngineClient(new Worker(trusted(workerUrl), { type: 'module', name: 'h3fusion engine' }));
}
