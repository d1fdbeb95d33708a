import { acquire } from '../gpu/acquire';
import { type Command, transferables } from './protocol';
import { httpSite } from './site';
import { StudioEngine } from './studio_engine';

/** The engine in its own thread: messages in, messages out. */
const engine = new StudioEngine({
  emit: (event) => { postMessage(event, transferables(event)); },
  acquire: () => acquire(navigator.gpu),
  site: httpSite,
});

addEventListener('message', ({ data }: MessageEvent<Command>) => { engine.handle(data); });
