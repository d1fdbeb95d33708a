import { Refusal } from '../errors/refusal';
import { missingFile, type FileSource } from '../formats/file_source';

/** Where the embedded files lie: bytes by relative path. Rejects with a Refusal 'missing-file'. */
export type Site = (path: string) => Promise<Uint8Array<ArrayBuffer>>;

/** Files below a URL, over HTTP. */
export function httpSite(url: string): Site {
  return async (path) => {
    const response = await request(new URL(path, url), path);
    // A server that answers every path with its start page would hand out HTML as weights.
    const page = response.headers.get('content-type')?.startsWith('text/html') === true;
    if (!response.ok || page) throw missingFile('', path, `the server answered ${page ? 'with a page' : String(response.status)}; reload`);
    return new Uint8Array(await response.arrayBuffer());
  };
}

async function request(url: URL, path: string): Promise<Response> {
  try {
    return await fetch(url);
  } catch (error) {
    throw new Refusal('missing-file', {
      file: path, expected: 'an answer of the server', got: error instanceof Error ? error.message : String(error),
      fix: 'check the connection and reload',
    });
  }
}

/** What a model directory on a site may hold: HTTP lists nothing. */
const MODEL_FILES = ['config.json', 'model.safetensors'];

/** One HF directory of a site. Each file is fetched once. */
export function siteDirectory(site: Site, path: string): FileSource {
  const folder = path.replace(/\/$/, '');
  const files = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  const read = (name: string): Promise<Uint8Array<ArrayBuffer>> => {
    const known = files.get(name) ?? site(`${folder}/${name}`);
    files.set(name, known);
    return known;
  };
  return { name: folder, list: () => Promise.resolve(MODEL_FILES), size: async (name) => (await read(name)).length, read };
}
