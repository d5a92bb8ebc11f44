import fs, { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { openTestDesk, storyText } from './open-desk.fixture.ts';

// Folders that refuse, names that are long, and files that are moved while the desk has them open.

const path = 'stories/2025/02/harbour/index.mdx';
const file = `content/${path}`;
const folder = 'content/stories/2025/02/harbour';

/** The disk refuses what a function of `node:fs` does, as a folder that may only be read. */
function refuse(
  name: 'rmSync' | 'rmdirSync' | 'copyFileSync' | 'renameSync' | 'openSync' | 'mkdirSync',
  which: RegExp,
): void {
  const real = fs[name] as (...all: unknown[]) => unknown;
  Object.assign(fs, {
    [name]: (to: unknown, ...more: unknown[]) => {
      if (which.test(String(to))) throw Object.assign(new Error('EROFS'), { code: 'EROFS' });
      return real(to, ...more);
    },
  });
  syncBuiltinESMExports();
  onTestFinished(() => {
    Object.assign(fs, { [name]: real });
    syncBuiltinESMExports();
  });
}

test('in a folder that may only be read, each refusal says so, and nothing is half done', async () => {
  const text = storyText('Harbour', 'draft: true\n');
  const { ask, site } = await openTestDesk({ [file]: text, [`${folder}/a.csv`]: 'a,b\n' });
  const { json } = await ask('GET', `file?path=${path}`);
  refuse('openSync', /\/content\/.*\.tmp$/);
  refuse('mkdirSync', /\/content\//);
  refuse('renameSync', /\/content\//);
  refuse('rmSync', /index\.mdx$/);
  const change = { body: '\nMine.\n' };
  const photo = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  const asked: [method: string, resource: string, body?: unknown][] = [
    ['PUT', 'file', { path, base: json.digest, change }],
    ['POST', 'file', { kind: 'story', headline: 'New', section: 'world' }],
    ['POST', 'duplicate', { path }],
    ['DELETE', `file?path=${path}`],
    ['POST', `picture?story=${encodeURIComponent(path)}&name=a.png`, new Uint8Array(photo)],
  ];
  for (const [method, resource, body] of asked) {
    const refused = await ask(method, resource, body);
    expect([resource, refused.status]).toEqual([resource, 403]);
    expect(refused.json.error.says).toContain('may not write');
  }
  expect(readdirSync(join(site, 'content/stories'), { recursive: true }).sort()).toEqual(
    ['2025', '2025/02', '2025/02/harbour', '2025/02/harbour/a.csv', '2025/02/harbour/index.mdx'].sort(),
  );
  expect(readFileSync(join(site, file), 'utf8')).toBe(text);
});

test('a story that was deleted is gone, even if its empty folder stays', async () => {
  const { ask, site } = await openTestDesk({ [file]: storyText('Harbour', 'draft: true\n') });
  refuse('rmSync', /harbour$/);
  refuse('rmdirSync', /harbour$/);
  expect((await ask('DELETE', `file?path=${path}`)).status).toBe(200);
  expect(existsSync(join(site, file))).toBe(false);
  expect((await ask('GET', 'stories')).json.total).toBe(0);
});

test('a copy whose pictures cannot be written leaves nothing behind', async () => {
  const { ask, site } = await openTestDesk({ [file]: storyText('Harbour'), [`${folder}/a.csv`]: 'a,b\n' });
  refuse('copyFileSync', /a\.csv$/);
  expect((await ask('POST', 'duplicate', { path })).status).toBe(403);
  expect(
    readdirSync(join(site, 'content/stories'), { recursive: true }).filter((one) => String(one).includes('copy')),
  ).toEqual([]);
  expect((await ask('GET', 'stories')).json.total).toBe(1);
});

test('a file that was renamed outside while it was open is not written again under its old name', async () => {
  const { ask, site, context } = await openTestDesk({ [file]: storyText('Harbour') });
  const { json } = await ask('GET', `file?path=${path}`);
  const change = { body: '\nMine.\n' };
  await ask('PUT', 'autosave', { path, base: json.digest, change });
  renameSync(join(site, folder), join(site, 'content/stories/2025/02/port'));
  const refused = await ask('PUT', 'file', { path, base: json.digest, change });
  expect(refused).toMatchObject({ status: 409, json: { digest: '', mine: storyText('Harbour', '', 'Mine.\n') } });
  expect(existsSync(join(site, file))).toBe(false);
  context.list.update(path);
  context.list.update('stories/2025/02/port/index.mdx');
  const { stories } = (await ask('GET', 'stories')).json;
  expect(stories.map((one: { path: string }) => one.path)).toEqual(['stories/2025/02/port/index.mdx']);
  expect((await ask('GET', 'file?path=stories/2025/02/port/index.mdx')).json.values.headline).toBe('Harbour');
});

test('a link that leads out of the newsroom is neither read, written, listed, nor shown', async () => {
  const { ask, site } = await openTestDesk({ [file]: storyText('Harbour') });
  const outside = `${site}-outside`;
  mkdirSync(outside);
  onTestFinished(() => fs.rmSync(outside, { recursive: true }));
  writeFileSync(join(outside, 'index.mdx'), storyText('Secret'));
  const photo = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  writeFileSync(join(outside, 'p.png'), photo);
  symlinkSync(outside, join(site, 'content/stories/2025/02/linked'));
  symlinkSync(join(outside, 'p.png'), join(site, folder, 'p.png'));
  const linked = 'stories/2025/02/linked/index.mdx';
  expect((await ask('GET', `file?path=${linked}`)).status).toBe(404);
  expect((await ask('PUT', 'file', { path: linked, base: '', change: { text: 'x' } })).status).toBe(404);
  expect((await ask('POST', 'duplicate', { path: linked })).status).toBe(404);
  expect((await ask('DELETE', `file?path=${linked}`)).status).toBe(404);
  expect((await ask('GET', 'picture?path=stories/2025/02/harbour/p.png&width=100')).status).toBe(404);
  expect(
    (await ask('POST', `picture?story=${encodeURIComponent(linked)}&name=a.png`, new Uint8Array(photo))).status,
  ).toBe(404);
  expect((await ask('GET', 'stories')).json.stories.map((one: { path: string }) => one.path)).toEqual([path]);
  expect((await ask('GET', 'pictures')).json.total).toBe(0);
  expect((await ask('POST', 'duplicate', { path })).status).toBe(200);
  expect(readdirSync(join(outside))).toEqual(['index.mdx', 'p.png']);
  expect(readFileSync(join(outside, 'index.mdx'), 'utf8')).toBe(storyText('Secret'));
});

test.each([
  ['letters', 'a'.repeat(300)],
  ['words', 'harbour '.repeat(40)],
  ['Chinese', '港'.repeat(300)],
  ['Arabic', 'ميناء '.repeat(60)],
])('a name of 300 characters makes a file that every system can hold: %s', async (_, name) => {
  const { ask, site } = await openTestDesk({ [file]: storyText('Harbour') });
  const made = await ask('POST', 'file', { kind: 'story', headline: name, section: 'world' });
  expect(made.status).toBe(200);
  expect(existsSync(join(site, 'content', made.json.path))).toBe(true);
  const opened = await ask('GET', `file?path=${encodeURIComponent(made.json.path)}`);
  expect(opened.json.values.headline).toBe(name.trim());
  const photo = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  const picture = await ask(
    'POST',
    `picture?story=${encodeURIComponent(path)}&name=${encodeURIComponent(name)}.png`,
    new Uint8Array(photo),
  );
  expect(picture.status).toBe(200);
  for (const part of [...made.json.path.split('/'), picture.json.name])
    expect(Buffer.byteLength(part)).toBeLessThan(120);
  for (const kind of ['page', 'author', 'topic', 'series'])
    expect([kind, (await ask('POST', 'file', { kind, name })).status]).toEqual([kind, 200]);
  const refused = await ask('GET', `file?path=stories/2025/02/${encodeURIComponent(name)}.md`);
  expect(refused.status).toBe(404);
});
