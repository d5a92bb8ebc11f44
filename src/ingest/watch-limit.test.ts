import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { watchFiles } from './watch-files.ts';

vi.mock('node:fs', async (original) => ({
  ...(await original<typeof import('node:fs')>()),
  // As Linux answers once all watches are in use.
  watch: () => {
    throw Object.assign(new Error('ENOSPC: System limit for number of file watchers reached'), { code: 'ENOSPC' });
  },
}));

test.runIf(process.platform === 'linux')(
  'without any watches, saves are still noticed, and it is said once',
  { timeout: 60_000 },
  async () => {
    const site = mkdtempSync(join(tmpdir(), 'newsroom-limit-'));
    for (const folder of ['content/stories/2026', 'theme', 'public'])
      mkdirSync(join(site, folder), { recursive: true });
    const onChange = vi.fn();
    const says: string[] = [];
    const stop = watchFiles(site, onChange, (one) => says.push(one));
    onTestFinished(() => {
      stop();
      rmSync(site, { recursive: true, force: true });
    });
    expect(says).toEqual([expect.stringMatching(/cannot watch any more folders.*after 5 seconds/)]);
    writeFileSync(join(site, 'content/stories/2026/a.md'), 'Words');
    await vi.waitFor(() => expect(onChange).toHaveBeenCalled(), 30_000);
    expect(says).toHaveLength(1);
  },
);
