import { describe, expect, test } from 'vitest';
import {
  type Contents,
  compareContents,
  type FileDigest,
  isManifestFile,
  isSafePath,
  manifestFile,
  manifestFiles,
  partFile,
  partOf,
  readManifest,
  readRoot,
  rootDigestOf,
  sha256Of,
  signatureFile,
} from './manifest.ts';

const file = (text: string): FileDigest => ({ sha256: sha256Of(text), size: Buffer.byteLength(text) });

const site = (more: Record<string, string> = {}): Map<string, FileDigest> =>
  new Map(
    Object.entries({
      'index.html': 'home',
      'feed.xml': 'feed',
      '404.html': '',
      'world/index.html': 'world',
      'world/feed.xml': 'world feed',
      '2025/02/ferry/index.html': 'ferry',
      '2025/03/harbour/index.html': 'harbour',
      'world/2025/02/index.html': 'february',
      'authors/ann/2025/index.html': 'ann',
      'assets/pictures/abc-300.avif': 'avif',
      'assets/pictures/abc-300.webp': 'webp',
      'größe/漢字 "x".txt': 'any name',
      ...more,
    }).map(([path, text]) => [path, file(text)]),
  );

const reading =
  (texts: ReadonlyMap<string, string>) =>
  async (path: string): Promise<string | undefined> =>
    texts.get(path);

describe('the part that lists a file', () => {
  test.each([
    ['index.html', 'top'],
    ['_headers', 'top'],
    ['2025/02/ferry/index.html', '2025-02'],
    ['2025/02/index.html', '2025-02'],
    ['world/2025/02/part-2/index.html', '2025-02'],
    ['2025/index.html', '2025'],
    ['authors/ann/2025/index.html', '2025'],
    ['topics/1999-2000/index.html', partOf('topics/1999-2000/feed.xml')],
    // Numbers that are not years and months.
    ['archives/4711/index.html', partOf('archives/4711/feed.json')],
    ['2025/13/index.html', '2025'],
    ['2025.html', 'top'],
  ])('%s is in %s', (path, part) => expect(partOf(path)).toBe(part));

  test('a page and its feeds share a part, and so do all renditions of a picture', () => {
    expect(partOf('world/index.html')).toBe(partOf('world/feed.atom'));
    expect(partOf('assets/pictures/abc-300.avif')).toBe(partOf('assets/pictures/abc-1200.webp'));
    expect(partOf('assets/pictures/abc-300.avif')).toMatch(/^assets-[0-3][\da-f]$/);
  });

  test('whatever the addresses are, the number of parts is limited and no part gets most of the files', () => {
    const shapes: ((i: number) => string)[] = [
      (i) => `slug-${i}/index.html`,
      (i) => `world/slug-${i}/index.html`,
      (i) => `archives/${i}/index.html`,
      (i) => `old/blog/entry-${i}.html`,
      (i) => `photos/IMG_${i}.jpg`,
      (i) => `assets/pictures/${sha256Of(String(i)).slice(0, 16)}-300.avif`,
      (i) => `漢字${i}/index.html`,
    ];
    for (const shape of shapes) {
      const sizes = new Map<string, number>();
      for (let i = 0; i < 10_000; i++) sizes.set(partOf(shape(i)), (sizes.get(partOf(shape(i))) ?? 0) + 1);
      // At most 64 buckets, and the 700 years that an id can look like.
      expect(sizes.size).toBeLessThanOrEqual(64 + 700);
      expect(Math.max(...sizes.values())).toBeLessThan(300);
    }
  });
});

describe('the texts', () => {
  test('are the same whatever the order of the files', () => {
    const texts = [...manifestFiles(site())];
    expect([...manifestFiles(new Map([...site()].reverse()))]).toEqual(texts);
    expect(texts.at(-1)?.[0]).toBe(manifestFile);
    for (const [path, text] of texts) {
      expect(isManifestFile(path)).toBe(true);
      expect(() => JSON.parse(text)).not.toThrow();
    }
  });

  test('have one line for each file, in order', () => {
    const text = manifestFiles(site()).get(partFile('top')) ?? '';
    expect(text).toBe(
      `${['{', ...['404.html', 'feed.xml', 'index.html'].map(lineOf)].join('\n').replace(/,$/, '')}\n}\n`,
    );
    function lineOf(path: string): string {
      const { sha256, size } = site().get(path)!;
      return `"${path}": ["${sha256}", ${size}],`;
    }
  });

  test('an edit changes the root and one part', () => {
    const before = manifestFiles(site());
    const after = manifestFiles(site({ '2025/02/ferry/index.html': 'ferry, edited' }));
    const changed = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
    expect(changed).toEqual([partFile('2025-02'), manifestFile]);
  });

  test('leave out the manifest itself', () => {
    const withIt = new Map(site());
    const without = manifestFiles(site());
    for (const [path, text] of without) withIt.set(path, file(text));
    expect(manifestFiles(withIt)).toEqual(without);
  });

  test('of a site without files can be read', async () => {
    expect(await readManifest(reading(manifestFiles(new Map())))).toEqual(new Map());
  });
});

describe('reading', () => {
  test('returns what was written', async () => {
    expect(await readManifest(reading(manifestFiles(site())))).toEqual(site());
  });

  test('returns nothing if there is no manifest', async () => {
    expect(await readManifest(reading(new Map()))).toBeUndefined();
  });

  const damages: Record<string, [file: string, change: (text: string) => string | undefined]> = {
    'a root that is not JSON': [manifestFile, () => '<html>Not found</html>'],
    'a root that is a list': [manifestFile, () => '[]'],
    'a root that is null': [manifestFile, () => 'null'],
    'another version': [manifestFile, (text) => text.replace('"version": 1', '"version": 2')],
    'a root without parts': [manifestFile, () => '{"version":1,"files":0,"root":""}'],
    'another number of files': [manifestFile, (text) => text.replace('"files": 12', '"files": 13')],
    'another digest of a part': [manifestFile, (text) => text.replace(/("top": ")./, '$1x')],
    'a part left out': [manifestFile, (text) => text.replace(/"top": "[^"]*",?\n/, '')],
    'a name that leads elsewhere': [manifestFile, (text) => text.replace('"top"', '"../../x"')],
    'a part that is missing': [partFile('top'), () => undefined],
    'a part with another digest': [
      partFile('top'),
      (text) => text.replace(/\["[\da-f]/, (found) => `${found.slice(0, 2)}${found[2] === '0' ? 1 : 0}`),
    ],
    'a part that is cut': [partFile('2025-02'), (text) => text.slice(0, -20)],
  };

  test.each(Object.entries(damages))('%s is reported, with the file', async (_, [path, change]) => {
    const texts = manifestFiles(site());
    const changed = change(texts.get(path) ?? '');
    expect(changed).not.toBe(texts.get(path));
    if (changed === undefined) texts.delete(path);
    else texts.set(path, changed);
    await expect(readManifest(reading(texts))).rejects.toMatchObject({
      name: 'SetupError',
      problems: [{ rule: 'manifest-damaged', file: path }],
    });
  });

  test.each([
    '../../etc/passwd',
    '/etc/passwd',
    'a//b',
    './a',
    'a/..',
    'a\\..\\b',
    'a\nb',
    '',
    '.well-known/broadsheet.json',
    '.well-known/broadsheet/top.json',
  ])('a manifest whose digests match, but which names %j, is refused', async (path) => {
    const part = `{\n${JSON.stringify(path)}: ["${sha256Of('x')}", 1]\n}\n`;
    const name = partOf(path);
    const parts = new Map([[name, sha256Of(part)]]);
    const root = `{"version":1,"files":1,"root":"${rootDigestOf(parts)}","parts":{"${name}":"${sha256Of(part)}"}}`;
    expect(readRoot(root).files).toBe(1);
    await expect(
      readManifest(
        reading(
          new Map([
            [manifestFile, root],
            [partFile(name), part],
          ]),
        ),
      ),
    ).rejects.toThrow('is not valid');
  });

  test('a file in another part than its own is refused, so no file is listed twice', async () => {
    const part = `{\n"index.html": ["${sha256Of('x')}", 1]\n}\n`;
    const parts = new Map([['2025', sha256Of(part)]]);
    const root = `{"version":1,"files":1,"root":"${rootDigestOf(parts)}","parts":{"2025":"${sha256Of(part)}"}}`;
    const texts = new Map([
      [manifestFile, root],
      [partFile('2025'), part],
    ]);
    await expect(readManifest(reading(texts))).rejects.toThrow('is not valid');
  });
});

test('a path stays inside the site on every system', () => {
  expect(['a', 'a/b.html', '.well-known/x', '漢字/…', 'a..b/..c', 'a\\b'].filter((path) => !isSafePath(path))).toEqual(
    [],
  );
});

test('a comparison names what was changed, is missing, and was added', () => {
  const found: Contents = new Map([
    ...[...site()].filter(([path]) => path !== 'feed.xml'),
    ['index.html', file('another home')],
    ['shell.php', file('x')],
    ['a.txt', file('x')],
    [manifestFile, file('the manifest')],
    [signatureFile, file('a signature')],
    [partFile('top'), file('a part')],
    ['.well-known/broadsheet/shell.php', file('x')],
    [partFile('1999'), file('a part that the manifest does not name')],
  ]);
  expect(compareContents(site(), found)).toEqual({
    changed: ['index.html'],
    missing: ['feed.xml'],
    added: ['.well-known/broadsheet/1999.json', '.well-known/broadsheet/shell.php', 'a.txt', 'shell.php'],
  });
  expect(compareContents(site(), site())).toEqual({ changed: [], missing: [], added: [] });
});
