import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { filesOf } from '../files.ts';
import { serve } from '../serve.ts';
import { need } from '../tools.ts';
import type { Finding, Gate } from './gate.ts';
import { listed } from './gate.ts';
import { gates } from './gates.ts';

// A gate that reports nothing may be blind. Each folder in canary/ is a small site with mistakes. Each file says what
// its gate must report about it after the word "canary", one finding per line. canary/good is a site without mistakes.
// A new case needs a file, but no code.

const canary = join(import.meta.dirname, 'canary');

test('every gate has a canary, and every canary a gate', async () => {
  const folders = await readdir(canary);
  expect(folders.sort()).toEqual([...Object.keys(gates), 'good'].sort());
});

for (const [name, gate] of Object.entries(gates)) {
  test(`${gate.name} reports its canary`, async () => {
    need(...gate.needs);
    const folder = join(canary, name);
    const findings = await run(gate, folder);
    const expected = await expectations(folder);
    expect(expected.length).toBeGreaterThan(0);
    for (const { page, words } of expected) {
      const said = findings.filter((finding) => finding.page === page);
      const message = `about ${page} the gate should say "${words}"; it says:\n${listed(findings)}`;
      expect(
        said.some((finding) => `${finding.rule}: ${finding.message}`.includes(words)),
        message,
      ).toBe(true);
    }
  });

  test(`${gate.name} reports nothing about a good site`, async () => {
    need(...gate.needs);
    expect(listed(await run(gate, join(canary, 'good')))).toBe('');
  });
}

async function run(gate: Gate, folder: string): Promise<Finding[]> {
  const { origin, server } = await serve(folder);
  const findings = await gate.check(
    { folder, origin, siteUrl: 'https://canary.example' },
    await filesOf(folder, '.html'),
  );
  server.close();
  server.closeAllConnections();
  return findings;
}

async function expectations(folder: string): Promise<{ page: string; words: string }[]> {
  const files = await Promise.all(['.html', '.xml', '.atom', '.json', '.css'].map((ending) => filesOf(folder, ending)));
  const found = await Promise.all(
    files.flat().map(async (page) => {
      // JSON has no comments, so its words are in a key of their own.
      const text = (await readFile(join(folder, page), 'utf8')).replaceAll('\\n', '\n');
      const [, block = ''] = /(?:<!--|\/\*) canary\n([\s\S]*?)(?:-->|\*\/)/.exec(text) ?? [];
      return block
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .map((words) => ({ page, words }));
    }),
  );
  return found.flat();
}
