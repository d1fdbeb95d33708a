/** The built site as `npm start` serves it, and once more below a path, as a static host might. */
export const PORT = 4131;
export const SUBPATH_PORT = 4132;
export const SUBPATH = '/lessons/studio/';
