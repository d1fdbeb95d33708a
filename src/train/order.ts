import { Random } from '../random/random';

/** Row numbers in a seeded order, reshuffled every epoch: the same seed gives the same batches on every machine. */
export class Order {
  private readonly random: Random;
  private queue: number[] = [];

  constructor(
    private readonly size: number,
    seed: number,
  ) {
    this.random = new Random(seed);
  }

  next(count: number): number[] {
    // Pushed one by one: a call takes some hundred thousand arguments at most, and datasets have more rows.
    while (this.queue.length < count) {
      for (const row of this.random.shuffle(Array.from({ length: this.size }, (_, i) => i))) this.queue.push(row);
    }
    return this.queue.splice(0, count);
  }
}
