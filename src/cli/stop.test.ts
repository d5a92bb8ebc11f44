import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stoppable } from './stop.ts';

const module = JSON.stringify(join(import.meta.dirname, 'stop.ts'));

/** Runs a process whose work takes a minute. @returns its exit code or signal, and what it printed */
async function stoppedBy(signal: 'SIGINT' | 'SIGTERM') {
  const script = `const { stoppable } = await import(${module});
    const work = new Promise((resolve) => setTimeout(resolve, 60_000));
    const done = stoppable(work, () => console.log('stopped by the user'));
    console.log('ready');
    await done;`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (data) => {
    said += data;
    if (String(data).includes('ready')) child.kill(signal);
  });
  const [code, by] = await once(child, 'close');
  return { code, by, said };
}

test('Ctrl+C says so and ends with 130, as shells expect', async () => {
  expect(await stoppedBy('SIGINT')).toEqual({ code: 130, by: null, said: 'ready\nstopped by the user\n' });
});

test('SIGTERM ends the process at once, and nothing is printed after it', async () => {
  expect(await stoppedBy('SIGTERM')).toEqual({ code: null, by: 'SIGTERM', said: 'ready\n' });
});

test('work that ends in time returns its result or its error, and listens no longer', async () => {
  const before = process.listenerCount('SIGINT');
  expect(await stoppable(Promise.resolve(7), () => {})).toBe(7);
  await expect(stoppable(Promise.reject(new Error('full disk')), () => {})).rejects.toThrow('full disk');
  expect(process.listenerCount('SIGINT')).toBe(before);
});
