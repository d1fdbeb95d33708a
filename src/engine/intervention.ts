import type { DrawnToken, GeneratedToken, Generator } from '../model/generate';
import { divergence } from '../model/divergence';
import { mutedBits, type Intervention } from '../model/intervention';
import { EXPERTS, type RouterIntervention } from './protocol';

/** The page's names as the fused model's numbers. */
export function interventionOf({ muted, bias, temperature, topK, layers }: RouterIntervention): Intervention {
  return {
    muted: mutedBits(muted.map((expert) => EXPERTS.indexOf(expert))),
    bias: EXPERTS.map((expert) => bias[expert] ?? 0),
    temperature,
    ...(topK === undefined ? {} : { topK }),
    ...(layers === undefined ? {} : { layers }),
  };
}

interface Drawn {
  readonly id: number;
  readonly logits: Float32Array;
  /** Pieces of text that were shown before it. */
  readonly piece: number;
}

/** How far an intervention took an answer from what the model says as trained: one number for each piece of text that was shown. */
export class Departure {
  private readonly drawn: Drawn[] = [];
  private pieces = 0;

  constructor(private readonly generator: Generator, private readonly prompt: readonly number[]) {}

  /** Passes tokens on and keeps what they were drawn from. */
  async *keep(tokens: AsyncIterable<DrawnToken>): AsyncGenerator<GeneratedToken, void> {
    for await (const token of tokens) {
      this.drawn.push({ id: token.id, logits: token.logits, piece: this.pieces });
      yield token;
    }
  }

  /** What was kept since the last piece makes one. */
  shown(): void {
    this.pieces += 1;
  }

  /**
   * KL(intervened ‖ as trained) in nats of each piece: the model as trained is given the text as it was written, and a piece of
   * several tokens has their sum. Undefined where it was stopped.
   */
  async measure(signal: AbortSignal): Promise<readonly number[] | undefined> {
    const kl = new Array<number>(this.pieces).fill(0);
    const counted = this.drawn.filter(({ piece }) => piece < this.pieces);
    let i = 0;
    for await (const trained of this.generator.follow(this.prompt, counted.map(({ id }) => id), { signal })) {
      const { logits, piece } = counted[i++] ?? { logits: trained, piece: 0 };
      kl[piece] = (kl[piece] ?? 0) + divergence(logits, trained);
    }
    return signal.aborted ? undefined : kl;
  }
}
