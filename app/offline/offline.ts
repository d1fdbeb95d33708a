import { SERVICE_WORKER_URL, trusted } from '../store/trusted';
import { useStudio } from '../store/studio';
import type { Order } from './messages';

let registration: ServiceWorkerRegistration | undefined;

/**
 * Keeps the whole site in the browser, so that it opens without a network from the next visit on; says when a newer version has
 * been fetched. A browser that refuses (private windows do) loses nothing else.
 */
export async function keepOffline(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  const controlled = serviceWorker.controller !== null;
  try {
    registration = await serviceWorker.register(trusted(SERVICE_WORKER_URL), { type: 'module', updateViaCache: 'none' });
  } catch {
    return;
  }
  // Some browsers answer with nothing where workers are blocked.
  if (registration === undefined) return;
  if (controlled && registration.waiting !== null) useStudio.setState({ newVersion: true });
  if (registration.active !== null) useStudio.setState({ keptOffline: true });
  watch(registration.installing, controlled);
  registration.addEventListener('updatefound', () => { watch(registration?.installing ?? null, serviceWorker.controller !== null); });
  // Another tab took the new version: this one still shows the old.
  if (controlled) serviceWorker.addEventListener('controllerchange', () => { useStudio.setState({ newVersion: true }); });
}

function watch(worker: ServiceWorker | null, update: boolean): void {
  worker?.addEventListener('statechange', () => {
    if (worker.state === 'installed' && update) useStudio.setState({ newVersion: true });
    if (worker.state === 'activated') useStudio.setState({ keptOffline: true });
  });
}

/** Takes the new version and starts the page anew. */
export function takeNewVersion(): void {
  const reload = (): void => { location.reload(); };
  const waiting = registration?.waiting;
  if (waiting === undefined || waiting === null) {
    reload();
    return;
  }
  navigator.serviceWorker.addEventListener('controllerchange', reload, { once: true });
  waiting.postMessage('activate' satisfies Order);
}
