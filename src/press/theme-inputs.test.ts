import { readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { templateVersion } from './bundle.ts';
import { type SmallNewsroom, sharedCache, smallNewsroom, story } from './small-newsroom.fixture.ts';

/* A theme that imports files from outside of `theme/`: a change of one of them renders the pages again. */

/** What the theme imports, and how its text changes; as many bytes, so that only the content tells. */
const outside: Record<string, { file: string; from: string; to: string }> = {
  'a module': { file: 'shared/words.ts', from: 'Galway', to: 'Dublin' },
  'a module that another one imports': { file: 'shared/deep/more.js', from: 'fine', to: 'good' },
  JSON: { file: 'shared/data.json', from: 'seven', to: 'eight' },
  'a style sheet that a module imports': { file: 'shared/note.css', from: 'teal', to: 'navy' },
  'a style sheet that a style sheet imports': { file: 'shared/base.css', from: 'gold', to: 'pink' },
  'a package': { file: 'node_modules/pkg/index.js', from: 'n * 2', to: 'n * 3' },
  'a text in theme/ that is no template': { file: 'theme/notice.md', from: 'read', to: 'seen' },
  'a file behind a link': { file: 'linked/inside.ts', from: 'near', to: 'away' },
};

let newsroom: SmallNewsroom;
const put = (file: string, text: string) => newsroom.put(file, text);

beforeAll(async () => {
  newsroom = smallNewsroom({
    'content/stories/2025/02/a.md': story({ headline: 'A' }),
    'theme/base.css': '@import "../shared/base.css";\n',
    'theme/components/Foot.astro': `---
import { place } from '../../shared/words.ts';
import data from '../../shared/data.json';
import notice from '../notice.md?raw';
import { twice } from 'pkg';
import { inside } from '../linked/inside.ts';
import '../../shared/note.css';
interface Props { site: unknown }
---
<footer>{place} {data.word} {notice} {twice(2)} {inside}</footer>
`,
  });
  put('shared/words.ts', "import { more } from './deep/more.js';\nexport const place = 'Galway ' + more;\n");
  put('shared/deep/more.js', "export const more = 'fine';\n");
  put('shared/data.json', '{ "word": "seven" }');
  put('shared/note.css', 'footer { color: teal }\n');
  put('shared/base.css', 'body { color: gold }\n');
  put('node_modules/pkg/package.json', '{ "name": "pkg", "type": "module", "main": "index.js" }');
  put('node_modules/pkg/index.js', 'export const twice = (n) => n * 2;\n');
  put('theme/notice.md', 'read this\n');
  put('linked/inside.ts', "export const inside = 'near';\n");
  symlinkSync(join(newsroom.site, 'linked'), join(newsroom.site, 'theme/linked'));
  await newsroom.press();
}, 120_000);
afterAll(() => rmSync(newsroom.site, { recursive: true, force: true }));

const version = () => templateVersion(newsroom.site, sharedCache);

test('the list contains what is outside, and nothing that belongs to the engine', () => {
  const { inputs } = JSON.parse(readFileSync(join(sharedCache, 'bundle', version(), 'theme-inputs.json'), 'utf8')) as {
    inputs: [string][];
  };
  expect(inputs.map(([file]) => file).sort()).toEqual(
    Object.values(outside)
      .map(({ file }) => file)
      .sort(),
  );
});

describe.each(Object.entries(outside))('%s', (_, { file, from, to }) => {
  test('gives another version when it changes, even with its old date, and the old version when it changes back', () => {
    const path = join(newsroom.site, file);
    const [text, { mtime }, before] = [readFileSync(path, 'utf8'), statSync(path), version()];
    expect(text).toContain(from);
    writeFileSync(path, text.replace(from, to));
    utimesSync(path, mtime, mtime);
    expect(version()).not.toBe(before);
    writeFileSync(path, text);
    expect(version()).toBe(before);
    rmSync(path);
    expect(version()).not.toBe(before);
    writeFileSync(path, text);
    expect(version()).toBe(before);
  });
});

test('a build shows the change, and the next one has nothing to do', { timeout: 120_000 }, async () => {
  expect(await newsroom.press()).toMatchObject({ rendered: 0 });
  put('shared/words.ts', "import { more } from './deep/more.js';\nexport const place = 'Sligo ' + more;\n");
  const { rendered, changed } = await newsroom.press();
  expect(rendered).toBeGreaterThan(0);
  expect(changed).toContain('2025/02/a/index.html');
  expect(newsroom.dist().get('2025/02/a/index.html')).toContain('Sligo fine');
  expect(await newsroom.press()).toMatchObject({ rendered: 0, changed: [] });
});

test('files with other times and the same bytes count as the same', () => {
  const before = version();
  const path = join(newsroom.site, 'shared/data.json');
  utimesSync(path, 1, 1);
  expect(version()).toBe(before);
});
