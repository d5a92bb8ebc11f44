import { expect, test } from 'vitest';
import { type Published, quietMs, type World, watch } from './watch.ts';

/** A world whose clock moves only while somebody sleeps. */
function worldOf(results: Partial<Published>[], events: Record<number, () => void> = {}) {
  let now = 0;
  let changed = () => {};
  const published: number[] = [];
  const waits: string[] = [];
  const stop = new AbortController();
  const world: World = {
    now: () => now,
    async sleep(ms, signal) {
      const end = now + ms;
      // Another event can wake the sleeper.
      for (const at of Object.keys(events)
        .map(Number)
        .sort((a, b) => a - b)) {
        if (at < now || at > end) continue;
        now = at;
        const event = events[at]!;
        delete events[at];
        event();
        if (signal.aborted) return;
      }
      now = end;
      await Promise.resolve();
    },
    async publish() {
      published.push(now);
      const result = results[published.length - 1];
      if (!result || published.length === results.length) stop.abort();
      return { nextChange: null, outcome: 'done', ...result };
    },
    onChange(callback) {
      changed = callback;
      return () => {
        changed = () => {};
      };
    },
    onWait: (next) => waits.push(next ? `${next.why} ${next.at}` : 'a change'),
  };
  return {
    world,
    published,
    waits,
    stop,
    change: () => changed(),
    setClock: (at: number) => (now = at),
    run: () => watch(world, stop.signal),
  };
}

test('it publishes at the start', async () => {
  const { run, published } = worldOf([{}]);
  await run();
  expect(published).toEqual([quietMs]);
});

test('it publishes at the moment when something is due, not before', async () => {
  const hour = 3_600_000;
  const { run, published } = worldOf([{ nextChange: hour }, {}]);
  await run();
  expect(published).toEqual([quietMs, hour]);
});

test('a change is published when nothing else changes any more', async () => {
  const events: Record<number, () => void> = {};
  const { run, published, change } = worldOf([{}, {}], events);
  events[5000] = change;
  events[5300] = change;
  events[5600] = change;
  await run();
  expect(published[1]).toBeGreaterThan(5600);
  expect(published[1]).toBeLessThanOrEqual(5600 + 2 * quietMs);
});

test('somebody who saves all the time does not hold it up for ever', async () => {
  const events: Record<number, () => void> = {};
  const { run, published, change } = worldOf([{}, {}], events);
  for (let at = 1000; at < 60_000; at += 100) events[at] = change;
  await run();
  expect(published[1]).toBeLessThan(8000);
});

test('a change during a publish is published after it', async () => {
  const events: Record<number, () => void> = {};
  const { world, published, change, stop } = worldOf([{}, {}], events);
  const { publish } = world;
  await watch(
    {
      ...world,
      async publish() {
        const said = await publish();
        if (published.length === 1) change();
        return said;
      },
    },
    stop.signal,
  );
  expect(published.length).toBe(2);
});

test('a newsroom with mistakes is published after the next change', async () => {
  const events: Record<number, () => void> = {};
  const { run, published, waits, change } = worldOf([{ outcome: 'refused' }, {}], events);
  events[9000] = change;
  await run();
  expect(waits[0]).toBe('a change');
  expect(published[1]).toBeGreaterThan(9000);
});

test('if the host fails, it tries again, each time later, and starts anew after a success', async () => {
  const { run, published } = worldOf([
    { outcome: 'failed' },
    { outcome: 'failed' },
    { outcome: 'failed' },
    { outcome: 'done', nextChange: 500_000 },
    { outcome: 'failed' },
    {},
  ]);
  await run();
  const pauses = published.map((at, i) => at - (published[i - 1] ?? 0)).slice(1);
  expect(pauses[0]).toBe(15_000);
  expect(pauses[1]).toBe(30_000);
  expect(pauses[2]).toBe(60_000);
  expect(published[4]).toBe(500_000);
  expect(pauses[4]).toBe(15_000);
});

test('a clock that was set, or a machine that slept, is noticed within half a minute', async () => {
  const events: Record<number, () => void> = {};
  const { run, published, setClock } = worldOf([{ nextChange: 3_600_000 }, {}], events);
  events[10_000] = () => setClock(4_000_000);
  await run();
  expect(published[1]).toBeLessThanOrEqual(4_030_000);
});

test('it ends at once when it is told to, and listens no longer', async () => {
  const { world, stop, published } = worldOf([{ nextChange: 3_600_000 }, {}]);
  let listens = 0;
  await watch(
    {
      ...world,
      onChange: () => {
        listens += 1;
        return () => {
          listens -= 1;
        };
      },
      onWait: () => stop.abort(),
    },
    stop.signal,
  );
  expect(published.length).toBe(1);
  expect(listens).toBe(0);
});
