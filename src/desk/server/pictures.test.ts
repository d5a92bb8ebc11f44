import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { openTestDesk, storyText } from './open-desk.fixture.ts';

const path = 'stories/2025/02/harbour/index.md';
const folder = 'content/stories/2025/02/harbour';
const files = { [`content/${path}`]: storyText('Harbour') };

const photo = async (width = 60, height = 40, format: 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff' = 'jpeg') =>
  new Uint8Array(
    await sharp({ create: { width, height, channels: 3, background: '#357' } })
      .withExif({ IFD0: { Copyright: 'The Agency', ImageDescription: 'The quay at dawn', Artist: 'Ann Example' } })
      .toFormat(format)
      .toBuffer(),
  );

async function opened() {
  const desk = await openTestDesk(files);
  const upload = (bytes: Uint8Array, name: string, story: string | undefined = path) =>
    desk.ask('POST', `picture?name=${encodeURIComponent(name)}${story ? `&story=${story}` : ''}`, bytes);
  return { ...desk, upload };
}

describe('an upload', () => {
  test('is written beside its story, with what the file says about itself', async () => {
    const { upload, site } = await opened();
    const bytes = await photo();
    const { status, json } = await upload(bytes, 'The Quay (1).JPG');
    expect(status).toBe(200);
    expect(json).toMatchObject({ name: 'the-quay-1.jpg', width: 60, height: 40 });
    expect(json.facts).toMatchObject({ caption: 'The quay at dawn', rights: 'The Agency' });
    expect(new Uint8Array(readFileSync(join(site, folder, 'the-quay-1.jpg')))).toEqual(bytes);
  });

  test.each(['png', 'webp', 'avif', 'gif', 'tiff'] as const)('of %s gets the ending of what it is', async (format) => {
    const { upload } = await opened();
    const { json } = await upload(await photo(60, 40, format), 'a.jpg');
    expect(json.name).toBe(`a.${format === 'tiff' ? 'tif' : format}`);
  });

  test('never overwrites a picture, and the same picture is there once', async () => {
    const { upload, site } = await opened();
    const names = [];
    for (const bytes of [await photo(60), await photo(61), await photo(60), await photo(62)])
      names.push((await upload(bytes, 'a.jpg')).json.name);
    expect(names).toEqual(['a.jpg', 'a-2.jpg', 'a.jpg', 'a-3.jpg']);
    expect(readdirSync(join(site, folder)).sort()).toEqual(['a-2.jpg', 'a-3.jpg', 'a.jpg', 'index.md']);
  });

  test.each([
    ['../../../../evil.jpg', 'evil.jpg'],
    ['..\\..\\evil.jpg', 'evil.jpg'],
    ['C:\\pictures\\a.jpg', 'a.jpg'],
    ['.htaccess', 'htaccess.jpg'],
    ['con.jpg', 'picture-con.jpg'],
    ['a\0b.jpg', 'a-b.jpg'],
    ['index.md', 'index.jpg'],
    ['<script>.jpg', 'script.jpg'],
    ['日本.jpg', '日本.jpg'],
    ['', 'picture.jpg'],
    [`${'x'.repeat(500)}.jpg`, undefined],
  ])('named %j has a safe name', async (given, expected) => {
    const { upload, site } = await opened();
    const { status, json } = await upload(await photo(), given);
    expect(status).toBe(200);
    if (expected) expect(json.name).toBe(expected);
    expect(json.name.length).toBeLessThan(200);
    expect(readdirSync(join(site, folder)).sort()).toEqual([json.name, 'index.md'].sort());
    expect(existsSync(join(site, '../evil.jpg'))).toBe(false);
  });

  test.each([
    ['text', new TextEncoder().encode('hello')],
    ['a web page', new TextEncoder().encode('<!doctype html><script>alert(1)</script>')],
    ['nothing', new Uint8Array()],
    ['a PDF', new TextEncoder().encode('%PDF-1.7')],
    ['half a picture', new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16])],
  ])('of %s is refused in a sentence, whatever its name', async (_, bytes) => {
    const { upload, site } = await opened();
    const { status, json } = await upload(bytes, 'a.jpg');
    expect(status).toBe(422);
    expect(json.error.says).toMatch(/\.$/);
    expect(readdirSync(join(site, folder))).toEqual(['index.md']);
  });

  test('of 200 megapixels is refused plainly, and nothing is written', { timeout: 60_000 }, async () => {
    const { upload, site } = await opened();
    const bytes = new Uint8Array(
      await sharp({ create: { width: 20_000, height: 10_000, channels: 3, background: '#fff' } })
        .jpeg({ quality: 10 })
        .toBuffer(),
    );
    const { status, json } = await upload(bytes, 'a.jpg');
    expect(status).toBe(422);
    expect(json.error.says).toContain('200 megapixels (20000 × 10000)');
    expect(readdirSync(join(site, folder))).toEqual(['index.md']);
  });

  test('of more than 60 MB is refused', async () => {
    const { desk, context } = await opened();
    const response = await fetch(`http://localhost:${desk.port}/desk/api/picture?name=a.jpg&story=${path}`, {
      method: 'POST',
      headers: { 'x-desk-token': context.token },
      body: new Uint8Array(60_000_001),
    });
    expect(response.status).toBe(413);
  });

  test('without a story is in the pictures that stories share', async () => {
    const { upload, site } = await opened();
    expect((await upload(await photo(), 'Quay.jpg', '')).json).toMatchObject({
      name: 'picture:quay',
      path: 'pictures/quay.jpg',
    });
    expect(existsSync(join(site, 'content/pictures/quay.jpg'))).toBe(true);
  });

  test('for a path outside the newsroom is refused', async () => {
    const { upload } = await opened();
    for (const story of ['../x.md', 'stories/../../x.md', 'deploy.yaml', '/etc/x.md'])
      expect((await upload(await photo(), 'a.jpg', story)).status, story).toBe(404);
  });

  test('200 at once all arrive', { timeout: 120_000 }, async () => {
    const { upload, site } = await opened();
    const all = await Promise.all(Array.from({ length: 200 }, (_, at) => photo(10 + at, 10)));
    const answers = await Promise.all(all.map((bytes) => upload(bytes, 'IMG.jpg')));
    expect(answers.map(({ status }) => status)).toEqual(all.map(() => 200));
    expect(new Set(answers.map(({ json }) => json.name)).size).toBe(200);
    expect(readdirSync(join(site, folder))).toHaveLength(201);
  });
});

describe('a thumbnail', () => {
  const get = async (desk: Awaited<ReturnType<typeof opened>>, query: string) => {
    const response = await fetch(`http://localhost:${desk.desk.port}/desk/api/picture?${query}`, {
      headers: { 'x-desk-token': desk.context.token },
    });
    return { status: response.status, type: response.headers.get('content-type'), bytes: await response.arrayBuffer() };
  };

  test('is a small WebP, and is kept in the cache', async () => {
    const desk = await opened();
    await desk.upload(await photo(1000, 500), 'a.jpg');
    const query = `path=stories/2025/02/harbour/a.jpg&width=200`;
    const { status, type, bytes } = await get(desk, query);
    expect([status, type]).toEqual([200, 'image/webp']);
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 200, height: 100, format: 'webp' });
    expect(readdirSync(join(desk.site, '.broadsheet/desk/thumbnails'))).toHaveLength(1);
    expect((await get(desk, query)).bytes).toEqual(bytes);
  });

  test('of a drawing is its pixels, so that nothing in it runs', async () => {
    const desk = await opened();
    desk.put(
      `${folder}/a.svg`,
      '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><script>x</script><rect width="20" height="10"/></svg>',
    );
    const { status, type } = await get(desk, 'path=stories/2025/02/harbour/a.svg');
    expect([status, type]).toEqual([200, 'image/webp']);
  });

  test.each([
    'site.yaml',
    '../.env',
    'stories/2025/02/harbour/index.md',
    'stories/none.jpg',
    'stories/2025/02/harbour/text.jpg',
    '../../x.jpg',
    '',
  ])('of %j is not there', async (asked) => {
    const desk = await opened();
    desk.put(`${folder}/text.jpg`, 'not a picture');
    expect((await get(desk, `path=${encodeURIComponent(asked)}`)).status).toBe(404);
  });
});

describe('pasted HTML', () => {
  const paste = async (html: string, more = {}) => {
    const desk = await opened();
    await desk.context.list.scan();
    const { status, json } = await desk.ask('POST', 'paste', { html, ...more });
    return { ...desk, status, json };
  };

  test.each([
    [
      'a web page',
      '<h2>A</h2><p style="x">One <b>two</b> <a href="https://x.example/a">three</a></p>',
      '## A\n\nOne **two** [three](https://x.example/a)',
    ],
    [
      'Google Docs',
      '<b style="font-weight:normal" id="docs-internal-guid-1"><p><span style="font-weight:700">Bold</span> and <span style="font-style:italic">not</span></p></b>',
      undefined,
    ],
    ['a list', '<ul><li>One</li><li>Two</li></ul>', '- One\n- Two'],
    [
      'a list of Word',
      '<!--StartFragment--><p class=MsoListParagraphCxSpFirst style="mso-list:l0 level1"><![if !supportLists]><span style="mso-list:Ignore">·<span>&nbsp; </span></span><![endif]>One<o:p></o:p></p><p class=MsoListParagraphCxSpLast><![if !supportLists]><span>·</span><![endif]>Two</p><!--EndFragment-->',
      '- One\n- Two',
    ],
    [
      'a numbered list of Word',
      '<p class="MsoListParagraph"><!--[if !supportLists]--><span>1.</span><!--[endif]-->One</p> <p class="MsoListParagraph"><!--[if !supportLists]-->2)<!--[endif]-->Two</p>',
      '1. One\n2. Two',
    ],
    ['a script', '<p>A</p><script>alert(1)</script>', 'A'],
    ['a link that runs', '<p><a href="javascript:alert(1)">A</a> <a href="data:text/html,x">B</a></p>', 'A B'],
    [
      'a link to a story',
      '<p><a href="https://post.example/2025/02/harbour/?a=1">A</a></p>',
      '[A](story:2025/02/harbour)',
    ],
  ])('from %s', async (_, html, expected) => {
    const { status, json } = await paste(html);
    expect(status).toBe(200);
    if (expected) expect(json.markdown.trim()).toBe(expected);
    expect(json.markdown).not.toMatch(/script|javascript|mso|o:p|style/i);
  });

  test('brings its pictures along', async () => {
    const data = `data:image/png;base64,${Buffer.from(await photo(30, 20, 'png')).toString('base64')}`;
    const { json, site } = await paste(`<p>A</p><img src="${data}" alt="A quay"><p>B</p>`, { path });
    expect(readdirSync(join(site, folder))).toContain('pasted.png');
    expect(json.markdown).toContain('![A quay](pasted.png)');
    const bad = await paste('<p>A</p><img src="data:image/png;base64,aGVsbG8=">', { path });
    expect(bad.json.notes.join()).toContain('A picture was left out');
    expect(readdirSync(join(bad.site, folder))).toEqual(['index.md']);
  });

  test('of 5 MB is more than a story can have, and is refused in a sentence', { timeout: 60_000 }, async () => {
    const { status, json } = await paste(`<p>${'word '.repeat(20)}</p>`.repeat(45_000));
    expect(status).toBe(422);
    expect(json.error.says).toMatch(/^The pasted text cannot be read: .*\.$/);
  });

  test('of 20,000 words is converted', { timeout: 60_000 }, async () => {
    const { status, json } = await paste(`<p>${'word '.repeat(20)}</p>`.repeat(1000));
    expect(status).toBe(200);
    expect(json.markdown.split(/\s+/).filter(Boolean)).toHaveLength(20_000);
  });

  test('leaves nothing of the texts of a picture that does not come along', async () => {
    const { json } = await paste('<p>One <img alt="a > b" src="https://x.example/a.png"> two</p>', {
      path,
    });
    expect(json.markdown.trim()).toBe('One two');
    expect(json.notes.join()).toContain('1 picture did not come along');
  });

  test('with a link that leads over a page of pages is read at once', { timeout: 120_000 }, async () => {
    const before = process.cpuUsage();
    const url = `https://urldefense.com/v3/${'/v3/__http://'.repeat(100_000)}`;
    const { status } = await paste(`<p><a href="${url}">A</a></p>`);
    const { user, system } = process.cpuUsage(before);
    expect(status).toBe(200);
    expect((user + system) / 1e6).toBeLessThan(30);
  });

  test('nested without end is refused in a sentence', async () => {
    const { status, json } = await paste('<div>'.repeat(200_000));
    expect([200, 422]).toContain(status);
    if (status === 422) expect(json.error.says).toMatch(/^The pasted text cannot be read/);
  });
});

describe('the library', () => {
  const library = async () => {
    const desk = await openTestDesk({
      'content/pictures/gull.jpg': await photo(30, 20),
      'content/pictures/gull.jpg.yaml': 'alt: A gull on a mast\ncredit: Bob\n',
      'content/stories/2025/02/a/index.mdx': storyText(
        'Ferry',
        'lead: { src: ferry.jpg, alt: A ferry, caption: The Séamus leaves }\n',
        '![](picture:gull)\n\n<Picture src="quay.png" alt="A quay" credit="Zoe" />\n',
      ),
      'content/stories/2025/02/a/ferry.jpg': await photo(60, 40),
      'content/stories/2025/02/a/quay.png': await photo(50, 40, 'png'),
      'content/stories/2025/02/a/broken.jpg': 'not a picture',
    });
    await desk.context.list.scan();
    const find = async (query = '') => (await desk.ask('GET', `pictures?${query}`)).json;
    const names = async (query: string) =>
      (await find(`query=${encodeURIComponent(query)}`)).pictures.map((one: { path: string }) =>
        one.path.replace(/^.*\//, ''),
      );
    return { ...desk, find, names };
  };

  test('has every picture with its size, its texts, and where it is used', async () => {
    const { find } = await library();
    const { total, pictures } = await find();
    expect(total).toBe(3);
    expect(pictures[0]).toEqual({
      path: 'pictures/gull.jpg',
      width: 30,
      height: 20,
      alt: 'A gull on a mast',
      caption: 'The quay at dawn',
      credit: 'Bob',
      usedBy: ['stories/2025/02/a/index.mdx'],
    });
    expect(pictures.slice(1)).toMatchObject([
      { path: 'stories/2025/02/a/quay.png', alt: 'A quay', usedBy: ['stories/2025/02/a/index.mdx'] },
      { path: 'stories/2025/02/a/ferry.jpg', alt: 'A ferry', usedBy: ['stories/2025/02/a/index.mdx'] },
    ]);
  });

  test.each([
    ['gull', ['gull.jpg']],
    ['GULL mast', ['gull.jpg']],
    ['seamus', ['ferry.jpg']],
    ['zoe', ['quay.png']],
    ['quay.png', ['quay.png']],
    ['100%', []],
    ["' OR 1=1 --", []],
  ])('is searched by words: %s', async (words, expected) => {
    const { names } = await library();
    expect(await names(words)).toEqual(expected);
  });

  test('follows pictures and texts that are added, changed, and deleted', async () => {
    const { names, put, site, context } = await library();
    put('content/pictures/gull.jpg.yaml', 'alt: A heron\n');
    put('content/pictures/new.jpg', await photo(20, 20));
    rmSync(join(site, 'content/stories/2025/02/a/quay.png'));
    await context.list.scan();
    expect(await names('heron')).toEqual(['gull.jpg']);
    expect(await names('new')).toEqual(['new.jpg']);
    expect(await names('quay.png')).toEqual([]);
  });
});
