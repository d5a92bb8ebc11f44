import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { closeIndexHandle, openIndexHandle } from '../../index/handle.ts';
import { keepScan, scan } from '../../ingest/scan.ts';
import { smallNewsroom, story } from '../small-newsroom.fixture.ts';
import { scanTogether } from './scan-together.ts';

test('two threads see the same newsroom as one', async () => {
  const file = (month: number, day: number) => `content/stories/2025/0${month}/s${day}/index.md`;
  const newsroom = smallNewsroom();
  for (let month = 1; month <= 6; month++)
    for (let day = 1; day <= 3; day++) newsroom.put(file(month, day), story({ headline: `${month} ${day}` }));
  const later = Date.now() + 3_600_000;
  const index = openIndexHandle(newsroom.site, join(newsroom.site, 'index.db'));
  try {
    keepScan(index, scan(index, later));
    newsroom.put(file(1, 1), story({ headline: 'Changed' }));
    newsroom.put(file(6, 2), story({ headline: 'Changed too' }));
    newsroom.remove(file(6, 3));
    const seen = await scanTogether(index, later, 10);
    expect(seen).toEqual(scan(index, later));
    expect([...seen.changed]).toEqual([file(1, 1), file(6, 2)]);
    expect(seen.gone).toEqual([file(6, 3)]);
  } finally {
    closeIndexHandle(index);
    rmSync(newsroom.site, { recursive: true, force: true });
  }
});
