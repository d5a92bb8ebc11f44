import { expect, test } from 'vitest';
import { benchBeside, besideTable } from './beside.ts';

const machine = {
  cores: 2,
  processor: 'Some processor',
  memoryGb: 8,
  freeGb: 4,
  platform: 'linux x64',
  node: 'v24',
  load: 0.1,
};
const run = (seconds: number) => ({ seconds, cpuSeconds: seconds * 2 });

test('ratios are computed pair by pair, so that a slow minute affects both', () => {
  const pairs = [
    { ours: run(1), theirs: run(2) },
    { ours: run(4), theirs: run(1) },
    { ours: run(3), theirs: run(4) },
  ];
  const table = besideTable({
    date: '2026-01-02',
    machine,
    other: '../other',
    stories: 10_000,
    rows: [{ name: 'clean build', pairs }],
  });
  // 0.5, 4 and 0.75: the middle one, not the ratio of the two medians (3 / 2).
  expect(table).toContain('| clean build | 3.00 (1.00 to 4.00) | 2.00 (1.00 to 4.00) | 0.75 (0.50 to 4.00) |');
});

test('a folder without Broadsheet is refused before anything is written', async () => {
  await expect(
    benchBeside('/nowhere', { stories: 300, runs: 1, seed: 1, only: [] }, '/nowhere', () => {}),
  ).rejects.toThrow('There is no checkout of Broadsheet in /nowhere.');
});
