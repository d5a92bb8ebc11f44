import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type DevIndex, openDevIndex } from '../../dev/dev-index.ts';
import { sharedCache } from '../../press/small-newsroom.fixture.ts';
import { blockMarks } from './block-marks.ts';
import { openPreviewer, type Previewer } from './previewer.ts';

/** A newsroom with its previewer, at noon on 1 June 2025 UTC, until the test is over. */
export function openedNewsroom(
  site: string,
  at = '2025-06-01T12:00:00Z',
): { newsroom: DevIndex; previewer: Previewer } {
  const folder = mkdtempSync(join(tmpdir(), 'desk-preview-'));
  const now = () => Date.parse(at);
  const newsroom = openDevIndex({
    site,
    // The templates are shared between tests.
    cache: sharedCache,
    file: join(folder, 'index.db'),
    now,
    clock: () => Date.now(),
    showsHidden: true,
    leavesOutBroken: true,
  });
  const previewer = openPreviewer({ site, cache: sharedCache, newsroom, now });
  onTestFinished(() => {
    previewer.close();
    newsroom.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { newsroom, previewer };
}

/** A page without the marks of the preview. */
export const unmarked = (html: string | undefined): string | undefined => html?.replace(blockMarks, '');
