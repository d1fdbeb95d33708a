import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { CONTENT_SECURITY_POLICY, HEADERS } from './scripts/csp.mjs';
import { precache, SERVICE_WORKER } from './scripts/precache.mjs';
import { workerLicenses } from './scripts/worker_licenses.mjs';

/** A host that sends no headers of its own still gets the policy; the development server needs inline scripts. */
const policyInPage: Plugin = {
  name: 'policy-in-page',
  apply: 'build',
  transformIndexHtml: () => [
    { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY }, injectTo: 'head-prepend' },
  ],
};

// How long plugins took is of interest to no one who builds.
const rolldownOptions = { checks: { bundlerTimings: false } };

export default defineConfig({
  plugins: [react(), policyInPage, precache()],
  appType: 'mpa',
  // Relative: the site works under any path.
  base: './',
  worker: { format: 'es', plugins: () => [workerLicenses()], rolldownOptions },
  build: {
    target: 'chrome127',
    // A data: URI would be refused by the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      ...rolldownOptions,
      input: { index: 'index.html', [SERVICE_WORKER]: 'app/offline/service_worker.ts' },
      // A service worker is found by its name from version to version, and its place is what it may serve.
      output: { entryFileNames: ({ name }) => (name === SERVICE_WORKER ? '[name].js' : 'assets/[name]-[hash].js') },
    },
    license: { fileName: 'licenses.md' },
  },
  preview: { headers: HEADERS },
});
