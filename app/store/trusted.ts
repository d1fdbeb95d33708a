import workerUrl from '../../src/engine/worker?worker&url';

export { workerUrl };

/** Beside the page at every base. */
export const SERVICE_WORKER_URL = new URL('service_worker.js', document.baseURI).href;

/** The only scripts that this page may start, where the browser asks for proof (CSP require-trusted-types-for 'script'). */
const POLICY = 'h3fusion';
const ALLOWED: ReadonlySet<string> = new Set([workerUrl, SERVICE_WORKER_URL]);

interface ScriptUrlPolicy {
  createScriptURL(url: string): unknown;
}

interface TrustedTypesHost {
  readonly trustedTypes?: { createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptUrlPolicy };
}

// The content policy allows one policy of this name, once.
const policy = (globalThis as TrustedTypesHost).trustedTypes?.createPolicy(POLICY, {
  createScriptURL: (asked) => {
    if (!ALLOWED.has(asked)) throw new TypeError(`${POLICY} starts no other scripts than its own workers`);
    return asked;
  },
});

/** A trusted URL is an object that stands for a string; the DOM types here do not know it. */
export function trusted(url: string): string {
  return policy === undefined ? url : policy.createScriptURL(url) as string;
}
