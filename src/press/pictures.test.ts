import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { jpegWith, manifestSegment, noise } from '../pictures/small-pictures.fixture.ts';
import { prunePictures } from './prune-pictures.ts';
import {
  digestOfFolder,
  isSocialPicture,
  type SmallNewsroom,
  sharedCache,
  smallNewsroom,
  story,
} from './small-newsroom.fixture.ts';

vi.setConfig({ testTimeout: 180_000 });

const folder = 'content/stories/2025/02';
const words = { alt: 'Two boats', credit: 'Ann Example' };
const withLead = (more: Record<string, unknown> = {}) => story({ lead: { src: 'p.jpg', ...words, ...more } });
const inText = (attributes = '') =>
  story({}, `Words.\n\n<Picture src="p.jpg" alt="Two boats" credit="Ann Example" ${attributes}/>`);

const pictureFiles = (newsroom: SmallNewsroom) =>
  [...newsroom.dist().keys()].filter((file) => file.startsWith('assets/pictures/') && !isSocialPicture(file)).sort();

/** A clean build of the same content into another folder. */
async function sameAsClean(newsroom: SmallNewsroom): Promise<void> {
  const other = join(newsroom.site, 'other');
  rmSync(other, { recursive: true, force: true });
  await newsroom.press({ dist: other, clean: true });
  expect(digestOfFolder(join(newsroom.site, 'dist'))).toBe(digestOfFolder(other));
}

describe('the created files follow what is shown', () => {
  test('a lead that becomes a picture in the text loses its wide files and crops, and gets them again', async () => {
    const newsroom = smallNewsroom({
      [`${folder}/a/p.jpg`]: await noise(1500, 1000).jpeg({ quality: 40 }).toBuffer(),
      [`${folder}/a/index.mdx`]: withLead(),
    });
    await newsroom.press();
    const asLead = pictureFiles(newsroom);
    expect(asLead.some((file) => /-1x1-108\.avif$/.test(file))).toBe(true);
    expect(asLead.some((file) => /-16x9-50-30-1200\.jpg$/.test(file))).toBe(true);
    newsroom.put(`${folder}/a/index.mdx`, inText());
    const report = await newsroom.press();
    const asText = pictureFiles(newsroom);
    expect(asText).toEqual(
      asLead.filter((file) => /-(?:360|552|736|1104)\.(?:avif|webp|jpg)$/.test(file) && !/\dx\d/.test(file)),
    );
    expect(report.renditions).toBe(0);
    await sameAsClean(newsroom);
    newsroom.put(`${folder}/a/index.mdx`, withLead());
    expect((await newsroom.press()).renditions).toBe(0);
    expect(pictureFiles(newsroom)).toEqual(asLead);
  });

  test('two stories with one picture and another focus share the whole picture and have their own crops', async () => {
    const newsroom = smallNewsroom({
      [`${folder}/a/p.jpg`]: await noise(600, 400).jpeg().toBuffer(),
      [`${folder}/a/index.md`]: withLead({ focus: '10% 50%' }),
    });
    newsroom.put(`${folder}/b/p.jpg`, readFileSync(join(newsroom.site, `${folder}/a/p.jpg`)));
    newsroom.put(`${folder}/b/index.md`, withLead({ focus: '90% 50%' }));
    await newsroom.press();
    const files = pictureFiles(newsroom);
    expect(files.filter((file) => file.endsWith('-360.avif'))).toHaveLength(1);
    expect(files.filter((file) => /-1x1-(?:10|90)-50-108\.avif$/.test(file))).toHaveLength(2);
    await sameAsClean(newsroom);
    newsroom.remove(`${folder}/b`);
    await newsroom.press();
    expect(pictureFiles(newsroom).some((file) => /-1x1-90-/.test(file))).toBe(false);
  });

  test('one picture replaced: only its renditions, and the pages that show it', async () => {
    const newsroom = smallNewsroom({
      [`${folder}/a/p.jpg`]: await noise(400, 300).jpeg().toBuffer(),
      [`${folder}/a/index.md`]: withLead(),
      [`${folder}/b/p.jpg`]: await noise(401, 300).jpeg().toBuffer(),
      [`${folder}/b/index.mdx`]: inText(),
    });
    await newsroom.press();
    // Never used before, so that no rendition of an earlier run can be used instead.
    const unseen = noise(402, 300).withExif({ IFD0: { Software: String(Date.now()) } });
    newsroom.put(`${folder}/b/p.jpg`, await unseen.jpeg().toBuffer());
    const { added, removed, changed, renditions } = await newsroom.press();
    expect(renditions).toBe(6);
    expect(added.every((file) => file.startsWith('assets/pictures/'))).toBe(true);
    expect([added.length, removed.length]).toEqual([6, 6]);
    expect(changed.filter((file) => file.endsWith('.html'))).toEqual(['2025/02/b/index.html']);
    expect(await newsroom.press()).toMatchObject({ renditions: 0, added: [], changed: [], removed: [] });
  });
});

test('two pictures with the same bytes share files, and a file is removed with the last one that needs it', async () => {
  const bytes = await noise(900, 600).jpeg({ quality: 40 }).toBuffer();
  const newsroom = smallNewsroom({
    [`${folder}/a/p.jpg`]: bytes,
    [`${folder}/a/p.jpg.yaml`]: 'alt: Two boats in the rain\n',
    [`${folder}/a/index.mdx`]: story({ lead: { src: 'p.jpg', credit: 'Ann Example' } }),
    [`${folder}/b/p.jpg`]: bytes,
    [`${folder}/b/index.mdx`]: withLead(),
  });
  await newsroom.press();
  const shared = pictureFiles(newsroom);
  for (const gone of ['a', 'b']) {
    const kept = gone === 'a' ? 'b' : 'a';
    newsroom.remove(`${folder}/${gone}`);
    await newsroom.press();
    expect(pictureFiles(newsroom)).toEqual(shared);
    newsroom.put(`${folder}/${gone}/p.jpg`, bytes);
    if (gone === 'a') newsroom.put(`${folder}/a/p.jpg.yaml`, 'alt: Two boats in the rain\n');
    newsroom.put(`${folder}/${gone}/index.mdx`, withLead());
    await newsroom.press();
    expect(pictureFiles(newsroom)).toEqual(shared);
    expect(newsroom.dist().get(`2025/02/${kept}/index.html`)).toContain('<picture>');
  }
  newsroom.remove(`${folder}/a`);
  newsroom.put(`${folder}/b/index.mdx`, story());
  await newsroom.press();
  expect(pictureFiles(newsroom)).toEqual([]);
});

describe('the original', () => {
  const bytesOf = (newsroom: SmallNewsroom) => readFileSync(join(newsroom.site, `${folder}/a/p.jpg`), 'latin1');

  test('is published only if an editor asks for it, and then byte for byte, with a link that says what it contains', async () => {
    const newsroom = smallNewsroom({
      [`${folder}/a/p.jpg`]: await jpegWith(manifestSegment()),
      [`${folder}/a/index.mdx`]: withLead(),
    });
    const { warnings } = await newsroom.press();
    expect(warnings.filter(({ rule }) => rule === 'picture-remark')).toMatchObject([{ file: `${folder}/a/p.jpg` }]);
    expect([...newsroom.dist().values()].some((text) => text.includes('jumb'))).toBe(false);
    expect(newsroom.dist().get('2025/02/a/index.html')).not.toContain('Content Credentials');

    for (const text of [withLead({ original: 'publish' }), inText('original="publish" ')]) {
      newsroom.put(`${folder}/a/index.mdx`, text);
      await newsroom.press();
      const [file = '', ...others] = pictureFiles(newsroom).filter((name) => name.includes('-original.'));
      expect(others).toEqual([]);
      expect(newsroom.dist().get(file)).toBe(bytesOf(newsroom));
      expect(newsroom.dist().get('2025/02/a/index.html')).toMatch(
        new RegExp(`<a class="original" href="/${file}"[^>]*>Content Credentials</a>`),
      );
    }
    newsroom.put(`${folder}/a/index.mdx`, inText());
    await newsroom.press();
    expect(pictureFiles(newsroom).filter((name) => name.includes('-original.'))).toEqual([]);
  });

  test('with an archive appended to it is refused, with file and reason; without being asked for, it is only reported', async () => {
    const zipped = Buffer.concat([await jpegWith(), Buffer.from('PK\x03\x04secret plans', 'latin1')]);
    const newsroom = smallNewsroom({ [`${folder}/a/p.jpg`]: zipped, [`${folder}/a/index.md`]: withLead() });
    const { warnings } = await newsroom.press();
    expect(warnings.some(({ message }) => message.includes('archive'))).toBe(true);
    expect(newsroom.filesMentioning('secret plans')).toEqual([]);
    newsroom.put(`${folder}/a/index.md`, withLead({ original: 'publish' }));
    await expect(newsroom.press()).rejects.toMatchObject({
      problems: [{ rule: 'picture-original', file: `${folder}/a/p.jpg` }],
    });
    expect(newsroom.filesMentioning('secret plans')).toEqual([]);
  });
});

describe('the cache of renditions', () => {
  /** A separate cache with the templates of all tests, and one site built with it. */
  async function builtAlone() {
    const cache = mkdtempSync(join(tmpdir(), 'cache-'));
    const newsroom = smallNewsroom({
      [`${folder}/a/p.jpg`]: await noise(400, 300).jpeg().toBuffer(),
      [`${folder}/a/index.mdx`]: inText(),
    });
    await newsroom.press();
    symlinkSync(join(sharedCache, 'bundle'), join(cache, 'bundle'));
    const press = async (options = {}) => await newsroom.press({ cache, ...options });
    await press({ dist: join(newsroom.site, 'one') });
    return { cache, newsroom, press, renditions: join(cache, 'renditions') };
  }
  const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

  test('from elsewhere: a poisoned or truncated file is found before it is published, and created again', async () => {
    const { newsroom, press, renditions } = await builtAlone();
    const [first = '', second = ''] = readdirSync(renditions)
      .filter((name) => /\.(?:avif|jpg)$/.test(name))
      .sort();
    const good = [first, second].map((name) => digest(join(renditions, name)));
    writeFileSync(join(renditions, first), 'poison');
    writeFileSync(join(renditions, second), readFileSync(join(renditions, second)).subarray(0, 100));
    expect((await press({ dist: join(newsroom.site, 'two') })).renditions).toBe(2);
    for (const [place, name] of [first, second].entries())
      expect(digest(join(newsroom.site, 'two/assets/pictures', name))).toBe(good[place]);
    expect(digestOfFolder(join(newsroom.site, 'two'))).toBe(digestOfFolder(join(newsroom.site, 'one')));
  });

  test('copied to another machine without its indexes: no picture has to be encoded', async () => {
    const { newsroom, cache } = await builtAlone();
    const elsewhere = mkdtempSync(join(tmpdir(), 'cache-'));
    cpSync(join(cache, 'renditions'), join(elsewhere, 'renditions'), { recursive: true });
    symlinkSync(join(sharedCache, 'bundle'), join(elsewhere, 'bundle'));
    const report = await newsroom.press({ cache: elsewhere, dist: join(newsroom.site, 'three') });
    expect(report).toMatchObject({ renditions: 0, pictures: 1 });
  });

  test('is pruned of what no site shows, and of nothing else', async () => {
    const { newsroom, press, cache, renditions } = await builtAlone();
    const social = readdirSync(renditions).filter(isSocialPicture);
    // The social pictures of the fronts stay, with their ledgers.
    const stays = (name: string) => social.some((one) => name.startsWith(one.slice(0, 20)));
    const before = readdirSync(renditions).filter((name) => !stays(name));
    expect(social.length).toBeGreaterThan(0);
    newsroom.put(`${folder}/a/p.jpg`, await noise(401, 300).jpeg().toBuffer());
    await press({ dist: join(newsroom.site, 'two') });
    expect(await prunePictures(cache), 'the first site still shows the old picture').toEqual({ files: 0, bytes: 0 });
    await press({ dist: join(newsroom.site, 'one') });
    const { files, bytes } = await prunePictures(cache);
    expect(files).toBe(6);
    expect(bytes).toBeGreaterThan(1000);
    expect(readdirSync(renditions).filter((name) => before.includes(name))).toEqual([]);
    expect(await press({ dist: join(newsroom.site, 'one'), clean: true })).toMatchObject({ renditions: 0 });
  });

  test('is not pruned if nothing says what is used', async () => {
    const cache = mkdtempSync(join(tmpdir(), 'cache-'));
    await expect(prunePictures(cache)).rejects.toMatchObject({ problems: [{ rule: 'nothing-built' }] });
    expect(existsSync(cache)).toBe(true);
  });
});
