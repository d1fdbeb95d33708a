import { useSyncExternalStore } from 'react';

/** In the order of the header. The address says which one is shown: `#train`. */
export const SCREENS = ['watch', 'fuse', 'train', 'inspect', 'evaluate'] as const;
export type Screen = (typeof SCREENS)[number];

/** @param hash of an address; what it does not name is the landing page */
export function screenOf(hash: string): Screen {
  const id = hash.replace(/^#/, '').split('?')[0];
  return SCREENS.find((known) => known === id) ?? 'watch';
}

export function useScreen(): Screen {
  return useSyncExternalStore(
    (changed) => {
      addEventListener('hashchange', changed);
      return () => { removeEventListener('hashchange', changed); };
    },
    () => screenOf(location.hash),
  );
}

/** The title of the screen takes the keyboard: Tab goes on into what the screen holds. */
export function focusTitle(): void {
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}

export function goTo(screen: Screen): void {
  // The address may say more than the screen: it is no change to be there already.
  if (screenOf(location.hash) !== screen) location.hash = screen;
}
