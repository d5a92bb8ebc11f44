import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { frameScript } from '../preview/frame-script.ts';
import { openTestDesk, storyText } from './open-desk.fixture.ts';

const path = 'stories/2025/02/harbour/index.md';
const file = `content/${path}`;
const noon = () => Date.parse('2025-06-01T12:00:00Z');

async function openedStory(text = storyText('Harbour reopens'), files: Record<string, string | Uint8Array> = {}) {
  const desk = await openTestDesk({ [file]: text, ...files }, noon);
  const { json } = await desk.ask('GET', `file?path=${path}`);
  await desk.context.index.refresh();
  const preview = (change: object, base = json.digest) => desk.ask('POST', 'preview', { path, base, change });
  /** As the frame loads it: from nowhere, without the token. */
  const load = (address: string, headers: Record<string, string> = {}) =>
    fetch(`http://localhost:${desk.desk.port}${address}`, {
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', ...headers },
    });
  return { ...desk, base: json.digest as string, preview, load };
}

test('a change is shown in a frame, and nothing is saved', async () => {
  const { preview, load, site } = await openedStory();
  const { status, json } = await preview({
    edits: [{ path: ['headline'], value: 'Harbour closes' }],
    body: '\nOne.\n\nTwo.\n',
  });
  expect(status).toBe(200);
  expect(json).toMatchObject({ address: '/2025/02/harbour/', problems: [] });
  const frame = await load(json.frame);
  const html = await frame.text();
  expect(html).toContain('<h1 class="headline">Harbour closes</h1>');
  expect(html).toContain('<p>One.</p><!--block:1-->\n<p>Two.</p><!--block:7-->');
  expect(readFileSync(join(site, file), 'utf8')).toBe(storyText('Harbour reopens'));
});

test('the frame has no origin, and only the script of the preview runs in it', async () => {
  const { preview, load, desk } = await openedStory();
  const { json } = await preview({ body: '\nOne.\n' });
  const frame = await load(json.frame);
  const policy = frame.headers.get('content-security-policy')?.split('; ');
  const digest = hash('sha256', frameScript, 'base64');
  expect(policy).toEqual(
    expect.arrayContaining(['sandbox allow-scripts', "default-src 'none'", `script-src 'sha256-${digest}'`]),
  );
  expect(policy?.join()).not.toMatch(/unsafe|allow-same-origin|\*/);
  expect(policy).toContain(`frame-ancestors http://localhost:${desk.port}`);
  const html = await frame.text();
  expect(html).not.toContain('http-equiv');
  expect(html.endsWith(`<script>${frameScript}</script>`)).toBe(true);
});

test('styles, fonts, and pictures come from the desk, and only fonts may be read by a page without an origin', async () => {
  const photo = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#88aacc' } })
    .jpeg()
    .toBuffer();
  const { preview, load, put } = await openedStory(undefined, {
    'content/stories/2025/02/harbour/a.jpg': photo,
    'public/logo.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  });
  // It was added just now, and only the unsaved text shows it.
  put('content/stories/2025/02/harbour/b.jpg', await sharp(photo).negate().jpeg().toBuffer());
  const { json } = await preview({ body: '\n![A quay](a.jpg)\n\n![A pier](b.jpg)\n' });
  expect(json.problems.filter(({ severity }: { severity: string }) => severity === 'error')).toEqual([]);
  const html = await (await load(json.frame)).text();
  const files = [...html.matchAll(/(?:href|src)="(\/desk\/preview\/[^"]+)"/g)].map(([, address = '']) => address);
  expect(files.filter((address) => address.endsWith('.css')).length).toBeGreaterThan(0);
  const pictures = files.filter((address) => address.includes('/assets/pictures/'));
  expect(pictures.length).toBe(2);
  expect(html.replace(/<script[\s\S]*?<\/script>/g, '')).not.toMatch(/(?:src|srcset)="\/assets/);
  for (const address of [...files, `${files[0]?.split('/assets/')[0]}/logo.svg`]) {
    const answer = await load(address, { origin: 'null' });
    expect(answer.status, address).toBe(address.endsWith('mark.svg') ? 404 : 200);
    const isFont = address.endsWith('.woff2');
    expect(answer.headers.get('access-control-allow-origin'), address).toBe(isFont ? '*' : null);
    expect(answer.headers.get('content-security-policy'), address).toBe("default-src 'none'; sandbox");
  }
});

test('the page can be looked at in dark, in light, and on paper', async () => {
  const { preview, load } = await openedStory();
  const { json } = await preview({ body: '\nOne.\n' });
  const styles = async (query: string) => {
    const html = await (await load(json.frame + query)).text();
    const sheets = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, address = '']) => address);
    return (await Promise.all(sheets.map(async (sheet) => (await load(sheet)).text()))).join('');
  };
  const [plain, dark, light, print] = [
    await styles(''),
    await styles('?scheme=dark'),
    await styles('?scheme=light'),
    await styles('?media=print'),
  ];
  expect(plain).toContain('@media print');
  expect(plain).toContain('prefers-color-scheme:dark');
  for (const css of [dark, light, print]) expect(css).not.toContain('prefers-color-scheme');
  expect(dark).toContain('color-scheme:dark');
  expect(dark).not.toBe(light);
  const count = (css: string, query: string) => css.split(query).length - 1;
  expect(count(plain, '@media print{')).toBeGreaterThan(5);
  expect(count(print, '@media screen{')).toBe(count(plain, '@media print{'));
  expect(count(print, '@media print{')).toBe(count(plain, '@media screen{'));
});

test('a mistake is listed at its field or place, can be corrected, and the last good page stays', async () => {
  const { preview, base } = await openedStory();
  const good = await preview({ body: '\nOne.\n' });
  const wrong = await preview({
    edits: [{ path: ['section'], value: 'wrold' }],
    body: '\nOne.\n\n[x](story:nowhere)\n',
  });
  expect(wrong.json.frame).toBe(good.json.frame);
  expect(wrong.json.problems).toMatchObject([
    { rule: 'unknown-section', severity: 'error', field: ['section'], line: 3 },
    { severity: 'error', offset: 7 },
  ]);
  const misspelt = await preview({ text: storyText('H').replace('headline', 'hedline') });
  const [problem] = misspelt.json.problems.filter(({ cure }: { cure?: object }) => cure);
  expect(problem).toMatchObject({ field: ['hedline'] });
  const cured = await preview(problem.cure.change, base);
  expect(cured.json.problems).toEqual([]);
  const unreadable = await preview({ text: '---\nheadline: [\n---\n' });
  expect(unreadable.json).toMatchObject({ frame: cured.json.frame, problems: [{ severity: 'error', line: 2 }] });
});

test('a story that has no file yet is shown, and a change of another version is not', async () => {
  const { ask, preview } = await openedStory();
  const text = storyText('New');
  const shown = await ask('POST', 'preview', { path: 'stories/2025/05/new/index.md', base: '', change: { text } });
  expect(shown.json).toMatchObject({ address: '/2025/05/new/', problems: [] });
  expect(await preview({ body: 'x' }, 'another')).toMatchObject({
    status: 409,
    json: { text: storyText('Harbour reopens') },
  });
});

test('only a frame that knows the key gets a page, and nothing else of the newsroom', async () => {
  const { preview, load, context } = await openedStory(undefined, {
    'content/notes.txt': 'secret',
    'public/x.txt': 'public',
  });
  const { json } = await preview({ body: '\nOne.\n' });
  const key = context.previewKey;
  expect((await load(json.frame.replace(key, 'x'.repeat(key.length)))).status).toBe(403);
  for (const address of [
    'page/99999',
    'page/1/../../x',
    'plain/content/notes.txt',
    'plain/notes.txt',
    'plain/.broadsheet/desk/index.db',
    'plain/assets/..%2f..%2fserver%2fentry.mjs',
    'plain/assets/pictures/..%2f..%2findex.db',
    'nothing/assets/a.css',
    '',
  ])
    expect((await load(`/desk/preview/${key}/${address}`)).status, address).toBeGreaterThanOrEqual(400);
  expect(await (await load(`/desk/preview/${key}/plain/x.txt`)).text()).toBe('public');
});
