import { expect, test } from 'vitest';
import { Order } from './order';

test('every row comes once before any comes again, in an order that the seed decides', () => {
  const order = new Order(7, 3);
  const epochs = [order.next(7), order.next(7)].map((rows) => [...rows].sort((a, b) => a - b));
  expect(epochs).toEqual([[0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6]]);
  expect(new Order(7, 3).next(14)).toEqual([...new Order(7, 3).next(5), ...rest(new Order(7, 3), 5, 9)]);
});

test('a dataset of half a million rows has an order too', () => {
  const order = new Order(500_000, 1);
  expect(new Set(order.next(500_000)).size).toBe(500_000);
});

function rest(order: Order, skipped: number, count: number): number[] {
  order.next(skipped);
  return order.next(count);
}
