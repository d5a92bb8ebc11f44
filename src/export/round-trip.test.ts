import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { fullNewsroom, at as time } from './full-newsroom.fixture.ts';
import { movedBy, survivorsOf } from './round-trip.fixture.ts';

vi.setConfig({ testTimeout: 240_000 });

const demo = join(import.meta.dirname, '../..');

test.each(['wxr', 'ninjs'] as const)('the demo newsroom survives an export as %s and an import of it', async (kind) => {
  const before = await survivorsOf(demo);
  const { site, receipt } = await movedBy(kind, demo);
  expect(receipt.skipped).toEqual([]);
  const after = await survivorsOf(site);
  expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
  for (const [address, story] of before) expect({ address, ...after.get(address) }).toEqual({ address, ...story });
});

test.each(['wxr', 'ninjs'] as const)('a newsroom with everything survives an export as %s', async (kind) => {
  const { site: from } = await fullNewsroom();
  const now = Date.parse(time);
  const before = await survivorsOf(from, now);
  const { site, receipt } = await movedBy(kind, from, { now });
  expect(receipt.skipped).toEqual([]);
  const after = await survivorsOf(site, now);
  expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
  for (const [address, story] of before) expect({ address, ...after.get(address) }).toEqual({ address, ...story });
});
