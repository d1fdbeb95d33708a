import workerUrl from '../../src/engine/worker?worker&url';
import { EngineClient } from '../../src/engine/client';

/** The one script that this page may start, where the browser asks for proof (CSP require-trusted-types-for 'script'). */
const POLICY = 'h3fusion';

interface ScriptUrlPolicy {
  createScriptURL(url: string): unknown;
}

interface TrustedTypesHost {
  readonly trustedTypes?: { createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptUrlPolicy };
}

export function startEngine(): EngineClient {
  // A trusted URL is an object that stands for a string; the DOM types here do not know it.
  const url = trusted(workerUrl) as string;
  return new EngineClient(new Worker(url, { type: 'module', name: 'h3fusion engine' }));
}

function trusted(url: string): unknown {
  const policy = (globalThis as TrustedTypesHost).trustedTypes?.createPolicy(POLICY, {
    createScriptURL: (asked) => {
      if (asked !== workerUrl) throw new TypeError(`${POLICY} starts no other script than its own worker`);
      return asked;
    },
  });
  return policy === undefined ? url : policy.createScriptURL(url);
}
