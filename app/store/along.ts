import type { EngineClient } from '../../src/engine/client';
import type { AnswerToken } from './answer';
import { errorOf, show } from './connection';
import { useStudio } from './studio';
import { newTake, takeAt, withTake } from './take';

/** As often as a recorded run was asked: before the first step, and so many times until the end. */
const TIMES = 12;
const LONGEST = 40;

/** Beside its training the fused model is asked the watched prompt again and again, so that its answers can be read back. */
export class Along {
  private asking = false;
  /** Asked for while another answer was on its way. */
  private again = false;
  private next = 0;
  private stop = new AbortController();

  constructor(private readonly engine: EngineClient) {}

  /** A new run stands: answers of the one before it are not waited for. */
  begin(): void {
    this.stop.abort();
    this.stop = new AbortController();
    this.asking = false;
    this.again = false;
    this.next = 0;
  }

  /** Asks where a twelfth of the run has gone by since the last time; with `now` in any case. */
  async ask(now = false): Promise<void> {
    const { record, watched, takes, run: { step: done, totalSteps } } = useStudio.getState();
    if (record === undefined || watched === '' || (!now && record.count < this.next)) return;
    // It would say the same again.
    if (takeAt(takes, watched, done)?.step === done) return;
    if (this.asking) {
      this.again ||= now;
      return;
    }
    this.asking = true;
    const { signal } = this.stop;
    this.next = record.count + Math.ceil(totalSteps / TIMES);
    const tokens: AnswerToken[] = [];
    try {
      const { step = record.count } = await this.engine.generate(
        { model: 'fused', prompt: watched, maxNewTokens: LONGEST, temperature: 0, topP: 1, seed: 1 },
        ({ text, routing }) => { tokens.push(routing === undefined ? { text } : { text, routing }); },
        signal,
      );
      if (!signal.aborted) useStudio.setState(({ takes }) => ({ takes: withTake(takes, newTake(step, watched, tokens)) }));
    } catch (failure) {
      // What a visitor asked is answered with the reason; what the run asked by itself leaves its place empty.
      if (now && !signal.aborted) show('watch', errorOf(failure));
    }
    if (signal.aborted) return;
    this.asking = false;
    if (!this.again) return;
    this.again = false;
    await this.ask(true);
  }
}
