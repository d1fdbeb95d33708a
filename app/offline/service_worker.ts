import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching';
import type { PrecacheEntry } from 'workbox-precaching';
import type { Order } from './messages';

/** Of a service worker's global scope what the DOM's types do not know. */
interface Scope {
  /** Every file of the site; the build writes it. */
  readonly __WB_MANIFEST: PrecacheEntry[];
  skipWaiting(): Promise<void>;
}
declare const self: Scope & typeof globalThis;

cleanupOutdatedCaches();
// All that is served is in the list: no query of an address means another file.
precacheAndRoute(self.__WB_MANIFEST, { ignoreURLParametersMatching: [/./], cleanURLs: false });

// A new version waits until it is asked for: a page must not get scripts of another version than its own.
self.addEventListener('message', ({ data }) => { if (data === ('activate' satisfies Order)) void self.skipWaiting(); });
