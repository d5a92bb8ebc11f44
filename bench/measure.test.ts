import { describe, expect, test } from 'vitest';
import { repository } from './engine.ts';
import { measure, median, medianOf, withProc } from './measure.ts';

describe('a measurement', () => {
  test('covers the process from its start to its end', async () => {
    const wait = 'const end = Date.now() + 200; while (Date.now() < end);';
    const { seconds, cpuSeconds, peakMb } = await measure({
      file: process.execPath,
      args: ['-e', wait],
      cwd: repository,
    });
    expect(seconds).toBeGreaterThan(0.2);
    if (peakMb !== undefined) expect(peakMb).toBeGreaterThan(20);
    if (cpuSeconds !== undefined) expect(cpuSeconds).toBeGreaterThan(0);
  });

  test.skipIf(process.platform !== 'linux')('gives nearly the same result without GNU time', async () => {
    // Until it has used this much processor time, because wall time says little on a busy machine.
    const wait = 'while (process.cpuUsage().user < 300_000);';
    const { seconds, cpuSeconds, peakMb } = await withProc({
      file: process.execPath,
      args: ['-e', wait],
      cwd: repository,
    });
    expect(seconds).toBeGreaterThan(0.2);
    expect(cpuSeconds).toBeGreaterThan(0.15);
    expect(peakMb).toBeGreaterThan(20);
  });

  test('of a command that fails is an error with the output of the command', () =>
    expect(
      measure({ file: process.execPath, args: ['-e', 'console.error("no paper"); process.exit(3)'], cwd: repository }),
    ).rejects.toThrow(/ended with 3:\s+no paper/));

  test('is summarised by the median of each figure', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    const runs = [
      { seconds: 1, peakMb: 30 },
      { seconds: 3, peakMb: 10 },
      { seconds: 2, peakMb: 20 },
    ];
    expect(medianOf(runs)).toEqual({ seconds: 2, cpuSeconds: undefined, peakMb: 20 });
  });
});
