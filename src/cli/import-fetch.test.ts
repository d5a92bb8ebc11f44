import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hostileServer, photo, send } from '../import/fetch/hostile-server.fixture.ts';
import { smallArchive } from '../import/small-archive.fixture.ts';
import { call } from './command-line.fixture.ts';

const run = (cwd: string, ...argv: string[]) => call(['import', ...argv, '--site', 'site'], { cwd, env: {} });

const archiveAt = (origin: string) =>
  smallArchive({ 'a.md': `---\ntitle: A\ndate: 2015-01-01\n---\n![Quay](${origin}/quay.jpg)\n` });

test('--fetch asks a private host only if --fetch-private names it', async () => {
  const server = await hostileServer({ '/quay.jpg': send(await photo()) });
  const { root } = archiveAt(server.origin);
  const refused = await run(root, 'markdown', 'in', '--fetch', '--fetch-from', server.host);
  expect(refused.code).toBe(0);
  expect(refused.stdout).toContain(
    '127.0.0.1 is not a public address. If you trust it, add  --fetch-private 127.0.0.1',
  );
  expect(server.asked).toEqual([]);
  const { stdout } = await run(
    root,
    'markdown',
    'in',
    '--fetch',
    '--origin',
    server.origin,
    '--fetch-private',
    '127.0.0.1',
  );
  expect(stdout).toContain('1 downloaded (0.0 MB), 0 there from an earlier import');
  expect(existsSync(join(root, 'site/content/stories/2015/01/a/quay.jpg'))).toBe(true);
  expect([...server.agents]).toEqual([expect.stringMatching(/^Broadsheet\/\d+\.\d+\.\d+ /)]);
  const page = readFileSync(join(root, 'site/.broadsheet/import/receipt/index.html'), 'utf8');
  expect(page).toContain(`${server.origin}/quay.jpg`);
});

test.each([
  [['--fetch'], 'Name them with --origin or --fetch-from'],
  [['--fetch-from', 'old.example'], '--fetch-from does nothing without --fetch'],
  [['--fetch', '--fetch-from', 'https://old.example/images/'], 'write the name of a host'],
  [['--fetch', '--fetch-from', 'old.example', '--fetch-private', '*'], 'write the name of a host'],
  [['--fetch', '--fetch-form', 'old.example'], 'Did you mean  --fetch-from ?'],
])('%j is refused, and the message says what to do', async (argv, message) => {
  const { code, stderr } = await run(archiveAt('https://old.example').root, 'markdown', 'in', ...argv);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
