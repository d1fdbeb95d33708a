/** The page to a service worker that waits: take over. A type alone, so that the two share no script. */
export type Order = 'activate';
