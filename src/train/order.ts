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
    while (this.queue.length < count) {
      this.queue.push(...this.random.shuffle(Array.from({ length: this.size }, (_, i) => i)));
    }
    return this.queue.splice(0, count);
  }
}
