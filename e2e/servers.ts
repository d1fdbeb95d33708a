/** The built site as `npm start` serves it, and once more below a path, as a static host might. H3_E2E_PORT moves both. */
export const PORT = Number(process.env.H3_E2E_PORT ?? 4131);
export const SUBPATH_PORT = PORT + 1;
export const SUBPATH = '/lessons/studio/';
