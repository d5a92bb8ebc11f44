import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { mayAskVite } from './gate.ts';
import { spellingsOf } from './hostile-requests.fixture.ts';

// A machine with a newsroom, an engine, and private files.

const home = realpathSync(mkdtempSync(join(tmpdir(), 'gate-')));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const put = (file: string) => {
  mkdirSync(dirname(join(home, file)), { recursive: true });
  writeFileSync(join(home, file), file);
  return join(home, file);
};
const needed = [
  'engine/src/styles/base.css',
  'paper/theme/tokens.css',
  'paper/theme/fonts/own.woff2',
  'paper/theme/components/Dial.astro',
  'paper/.broadsheet/fonts/abc/fonts.css',
  'paper/.broadsheet/fonts/abc/roman.woff2',
  'engine/node_modules/vite/dist/client/env.mjs',
].map(put);
const secret = [
  'paper/.broadsheet/dev/index.db',
  'paper/.broadsheet/dev/index.db-wal',
  'paper/.broadsheet/dev/app/.astro/settings.json',
  'paper/.broadsheet/pictures.db',
  'paper/.broadsheet/renditions/x.jpg',
  'paper/.broadsheet/dev/cache/x.js',
  'paper/content/stories/draft/index.md',
  'paper/content/stories/draft/picture.jpg',
  'paper/content/site.yaml',
  'paper/.env',
  'paper/.git/config',
  'paper/theme/.env',
  'paper/theme/.hidden/x.css',
  'paper/theme/notes.md',
  'paper/theme-old/tokens.css',
  'engine/package.json',
  'engine/content/draft.css',
  'engine/node_modules/pkg/.npmrc',
  'other/passwd',
  'other/look.css',
].map(put);
const linked = ['paper/theme/outside.css', 'paper/theme/elsewhere/look.css'].map((file) => join(home, file));
symlinkSync(join(home, 'paper/.broadsheet/dev/index.db'), linked[0]!);
symlinkSync(join(home, 'other'), join(home, 'paper/theme/elsewhere'));

const gate = {
  root: join(home, 'paper/.broadsheet/dev/app'),
  folders: ['engine/src', 'engine/node_modules', 'paper/theme', 'paper/.broadsheet/fonts'].map((folder) =>
    join(home, folder),
  ),
};

test.each(needed)('a page gets %s', (file) => {
  for (const tail of ['', '?t=1700000000', '?direct', '?import', '?astro&type=style&index=0&lang.css'])
    expect(mayAskVite(`/@fs${file}${tail}`, gate), tail).toBe(true);
});

test('and Vite’s client, and any address of the site', () => {
  for (const target of [
    '/@vite/client',
    '/',
    '/2025/02/harbour/',
    '/2025/02/harbour/?utm_source=x',
    '/topics/caf%C3%A9/',
    '/feed.xml',
  ])
    expect(mayAskVite(target, gate), target).toBe(true);
});

describe('no spelling returns', () => {
  test.each([...secret, ...linked])('%s', (file) => {
    // A target that names no file is harmless. One that names this file must be refused, whatever Vite would make of
    // it.
    const spellings = spellingsOf(file).filter((target) => !/%00|#/.test(target));
    const passed = spellings.filter((target) => mayAskVite(target, gate) && namesFile(target, file));
    expect(passed).toEqual([]);
    expect(mayAskVite(`/@fs${file}`, gate)).toBe(false);
    expect(mayAskVite(`${file}?raw`, gate)).toBe(false);
  });
});

/** Whether the simplest reading of a target is the file. */
function namesFile(target: string, file: string): boolean {
  let text = target.split(/[?#]/)[0] ?? '';
  for (let depth = 0; depth < 3; depth++)
    text = text.replace(/%([\da-f]{2})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
  return (
    join(
      '/',
      text
        .replaceAll('\\', '/')
        .replace(/^\/+@(?:fs|id)/, '')
        .replace('__x00__', '')
        .replace('file:', ''),
    ) === file
  );
}

test('nor can anyone start a program, or load a module by its name', () => {
  for (const target of [
    '/__open-in-editor?file=/etc/passwd',
    '/@id/astro:content',
    '/@id/__x00__virtual:astro:manifest',
    '/@react-refresh',
  ])
    expect(mayAskVite(target, gate), target).toBe(false);
});
