import { expect, test } from 'vitest';
import { gate } from './gate.ts';

test('so many at once and never more, in the order they came, also after an error', async () => {
  const enter = gate(2);
  const order: number[] = [];
  let inside = 0;
  let most = 0;
  const work = (number: number) =>
    enter(async () => {
      inside += 1;
      most = Math.max(most, inside);
      order.push(number);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
      if (number === 1) throw new Error('one fails');
    });
  const outcomes = await Promise.allSettled([0, 1, 2, 3, 4, 5, 6].map(work));
  expect(most).toBe(2);
  expect(order).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
});
