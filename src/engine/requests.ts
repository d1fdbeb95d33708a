import type { Command, EngineError, Event, RequestId } from './protocol';

/** The side of a Worker that the client needs; a test hands in a fake. */
export interface EnginePort {
  postMessage(command: Command): void;
  addEventListener(type: 'message', listener: (message: { readonly data: Event }) => void): void;
  addEventListener(type: 'error', listener: (fault: { readonly message?: string }) => void): void;
  terminate(): void;
}

/** Thrown by every request that the engine refused; `error` is what crossed. */
export class EngineFailure extends Error {
  override readonly name = 'EngineFailure';
  constructor(readonly error: EngineError) {
    super(error.message);
  }
}

export type EventOf<T extends Event['type']> = Extract<Event, { readonly type: T }>;
type Listener = (event: Event) => void;
type Answer = EventOf<'ready' | 'done' | 'alone' | 'examined' | 'tried' | 'mapped' | 'savedFused' | 'pulled' | 'aligned' | 'saved' | 'estimated' | 'drifted'>;
/** What comes before the answer. */
export type Push = EventOf<'token' | 'evaluating' | 'evaluated' | 'aligning'>;

interface Pending {
  readonly settle: (event: Answer) => void;
  readonly reject: (failure: EngineFailure) => void;
  readonly onPush: (event: Push) => void;
}

/** What a request hears on its way, and what ends it early. */
export interface Hearing {
  readonly onPush?: Pending['onPush'];
  readonly signal?: AbortSignal | undefined;
}

/** Requests and what answers them over one port; everything else that is pushed goes to who listens for it. */
export class Requests {
  private readonly listeners = new Map<Event['type'], Set<Listener>>();
  private readonly pending = new Map<RequestId, Pending>();
  private lastId: RequestId = 0;

  constructor(private readonly port: EnginePort) {
    port.addEventListener('message', ({ data }) => { this.receive(data); });
    port.addEventListener('error', ({ message }) => {
      this.receive({ type: 'failed', error: unexpected(message ?? 'the engine could not be started') });
    });
  }

  /** @returns a function that ends the subscription. */
  on<T extends Event['type']>(type: T, listener: (event: EventOf<T>) => void): () => void {
    const known = this.listeners.get(type) ?? new Set<Listener>();
    this.listeners.set(type, known);
    known.add(listener as Listener);
    return () => { known.delete(listener as Listener); };
  }

  /** Resolves with the event that answers the command. Rejects with an EngineFailure, where another one comes too. */
  async ask<T extends Answer['type']>(type: T, command: (id: RequestId) => Command, hearing: Hearing = {}): Promise<EventOf<T>> {
    const event = await this.request(command, hearing);
    if (is(event, type)) return event;
    throw new EngineFailure(unexpected(`${type} was awaited, and ${event.type} came`));
  }

  /** As `ask`; undefined where the request was aborted. */
  async askUnlessAborted<T extends Answer['type']>(type: T, command: (id: RequestId) => Command, hearing: Hearing): Promise<EventOf<T> | undefined> {
    const event = await this.request(command, hearing);
    if (is(event, type)) return event;
    if (event.type === 'done') return undefined;
    throw new EngineFailure(unexpected(`${type} was awaited, and ${event.type} came`));
  }

  private request(command: (id: RequestId) => Command, { onPush = () => undefined, signal }: Hearing): Promise<Answer> {
    const id = (this.lastId += 1);
    signal?.addEventListener('abort', () => { this.port.postMessage({ type: 'cancel', id }); }, { once: true });
    return new Promise((settle, reject) => {
      this.pending.set(id, { settle, reject, onPush });
      this.port.postMessage(command(id));
    });
  }

  private receive(event: Event): void {
    this.answer(event);
    for (const listener of this.listeners.get(event.type) ?? []) listener(event);
  }

  private answer(event: Event): void {
    switch (event.type) {
      case 'ready': case 'done': case 'alone': case 'examined': case 'tried': case 'mapped': case 'savedFused': case 'pulled': case 'aligned': case 'saved':
      case 'estimated': case 'drifted':
        this.take(event.id)?.settle(event);
        return;
      case 'token': case 'evaluating': case 'evaluated': case 'aligning':
        this.pending.get(event.id)?.onPush(event);
        return;
      case 'failed': {
        // An engine that failed as a whole answers nobody any more.
        const ids = event.id === undefined ? [...this.pending.keys()] : [event.id];
        for (const id of ids) this.take(id)?.reject(new EngineFailure(event.error));
        return;
      }
      case 'progress': case 'models': case 'metrics': case 'runState': case 'validated': case 'snapshots':
        return;
      default:
        event satisfies never;
    }
  }

  private take(id: RequestId): Pending | undefined {
    const found = this.pending.get(id);
    this.pending.delete(id);
    return found;
  }
}

function is<T extends Answer['type']>(event: Answer, type: T): event is EventOf<T> & Answer {
  return event.type === type;
}

function unexpected(message: string): EngineError {
  return { code: 'unexpected', message, detail: {} };
}
