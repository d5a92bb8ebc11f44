import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contractProblems, picture, smallArchive } from './small-archive.fixture.ts';

// Kinds of content that archives had which nobody had imported before.

const post = (body: string, head = 'title: A\ndate: 2015-01-01') => `---\n${head}\n---\n${body}\n`;
const story = async (body: string, more: Record<string, string | Uint8Array> = {}) => {
  const archive = smallArchive({ 'a.md': post(body), 'a.jpg': await picture(), ...more });
  const receipt = await archive.run();
  expect(await contractProblems(archive.stories)).toEqual([]);
  return { text: archive.story('2015/01/a'), receipt, archive };
};

test('figures inside a figure, which a build refuses, become figures with their captions', async () => {
  const figure = (n: number) =>
    `<figure>\n<a href="a.jpg"><img src="a.jpg" alt="Boat ${n}"></a>\n<figcaption>Caption ${n}</figcaption>\n</figure>`;
  const { text, receipt } = await story(
    `Before **bold**.\n\n<figure>\n${figure(1)}\n${figure(2)}\n</figure>\n\nAfter.`,
  );
  for (const words of ['Before **bold**.', 'Caption 1', 'Caption 2', 'After.']) expect(text).toContain(words);
  expect(receipt.notes).toEqual([
    {
      file: 'a.md',
      note: expect.stringMatching(
        /^the text was converted from HTML, because a build would refuse it as it is: A <figure>/,
      ),
    },
  ]);
});

test('a text that is converted as a whole loses neither what follows a self-closed element nor captions', async () => {
  const { text } = await story(
    '<math><mi>mass</mi></math>\n\n![A boat](a.jpg "Out at sea")\n\n<iframe src="https://www.youtube.com/embed/abcdefghijk" />\n\nWords after it.\n\n<img src="a.jpg" alt="A boat" title="In port">',
  );
  for (const words of ['mass', 'Out at sea', 'Words after it.', 'In port']) expect(text).toContain(words);
});

test.each([
  ['<math><mi>O</mi><mo>(</mo><mi>nlogn</mi><mo>)</mo></math>', 'nlogn'],
  ['<select><option>Port</option></select> and starboard', 'starboard'],
  ['A <template> word in brackets', 'word in brackets'],
  ['<iframe src="https://www.youtube.com/embed/abcdefghijk" />\n\nWords after it', 'Words after it'],
  ['<dialog>Words of a dialog</dialog>', undefined],
])('no word is lost without a line in the receipt: %s', async (body, words) => {
  const { text, receipt } = await story(body);
  if (words !== undefined) expect(text).toContain(words);
  expect(receipt.changes.map(({ kind }) => kind).concat(receipt.notes.length > 0 ? 'html-changed' : [])).toContain(
    'html-changed',
  );
});

test('a picture for browsers without scripts is shown, but not twice', async () => {
  const lone = await story('<noscript><img src="a.jpg" alt="A boat"></noscript>');
  expect(lone.text).toContain('<img src="a.jpg" alt="A boat">');
  expect(lone.text).not.toContain('noscript');
  const twice = await story('<p><img src="a.jpg" alt="A boat"><noscript><img src="a.jpg" alt="A boat"></noscript></p>');
  expect(twice.text.match(/<img/g)).toHaveLength(1);
});

test('links to a heading lead to the id that it has now', async () => {
  const { text, receipt } = await story(
    '[a](#what-s-next) [b](#stage-0:-in-port) [c](#own) [d](#kept) [e](#nowhere) [f](#whats-next)\n\n## What’s next\n\n## Stage 0: in port\n\n## Its own {#own}\n\n<p id="kept">x</p>',
  );
  expect(text).toContain('[a](#whats-next) [b](#stage-0-in-port) [c](#own) [d](#kept) [e](#nowhere) [f](#whats-next)');
  expect(text).toContain('## <a id="own"></a>Its own');
  expect(receipt.counts['link-place']).toBe(2);
});

test('a drawing inside a text is named as removed', async () => {
  const { text, receipt } = await story('Words.\n\n<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>');
  expect(text).not.toContain('svg');
  expect(receipt.changes).toMatchObject([
    { kind: 'html-changed', before: '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>', after: '' },
  ]);
});

test('the day comes from the path of a Zola page', async () => {
  const archive = smallArchive({
    'config.toml': 'base_url = "https://old.example"\n',
    'content/Lint.md':
      '+++\npath = "2024/02/28/Lint"\ntitle = \'Of `lint`\'\nauthors = ["Ann Lee", "Bo Ek"]\naliases = ["2024/02/28/Lint.html"]\n+++\n\nWords.\n',
    'content/inside/Deep.md': '+++\npath = "inside/2023/12/31/Deep"\ntitle = "Deep"\n+++\nWords.\n',
    'content/No.md': '+++\npath = "2024/13/45/No"\ntitle = "No"\n+++\nWords.\n',
  });
  const receipt = await archive.run();
  expect(archive.list()).toEqual(['2023/12/deep/index.md', '2024/02/lint/index.md', 'undated/no/index.md']);
  const lint = archive.story('2024/02/lint');
  expect(lint).toContain('published: 2024-02-28\n');
  expect(lint).toContain('aliases: [/2024/02/28/Lint/, /2024/02/28/Lint.html]\n');
  expect(lint).toMatch(/byline:\n {2}- \{ name: Ann Lee \}\n {2}- \{ name: Bo Ek \}\n/);
  expect(receipt.fields).toContainEqual(
    expect.objectContaining({ how: 'defaulted', to: 'published', reason: 'from the old address', count: 2 }),
  );
});

test('translations that share an id do not make two stories with one name', async () => {
  const { archive, receipt } = await story('Words.', {
    'b.md': post('B', 'title: B\ndate: 2015-01-01\nid: one'),
    'c.md': post('C', 'title: C\ndate: 2015-01-01\nid: one'),
    'd.md': post('D', 'title: D\ndate: 2015-01-01\nid: 2015/01/a'),
  });
  expect(archive.story('2015/01/b')).toContain('id: one');
  expect(archive.story('2015/01/c')).not.toContain('id:');
  expect(archive.story('2015/01/d')).not.toContain('id:');
  const ids = receipt.fields.filter(({ from }) => from === 'id').map(({ how, count, reason }) => [how, count, reason]);
  expect(ids).toEqual([
    ['mapped', 1, undefined],
    ['dropped', 2, 'another story has this id'],
  ]);
});

test('a story does not take the id of a story that the newsroom has, and keeps its own when it is imported again', async () => {
  const { archive } = await story('Words.', {
    'b.md': post('B', 'title: B\ndate: 2015-01-01\nid: One'),
    'c.md': post('C', 'title: C\ndate: 2015-01-01\nid: 2014/01/there'),
    'd.md': post('D', 'title: D\ndate: 2015-01-01\nid: own'),
  });
  const there = (id: string) => `---\nheadline: There\nsection: news\npublished: 2014-01-01\n${id}---\n\nWords.\n`;
  const stories = ['2015/01/b', '2015/01/c', '2015/01/d'];
  for (const each of stories) expect(archive.story(each)).toContain('id:');
  archive.put('site/content/stories/2014/01/there.md', there(''));
  archive.put('site/content/stories/2014/01/other.md', there('id: "one"\n'));
  await archive.run({ force: true });
  expect(stories.map((each) => /^id: .*$/m.exec(archive.story(each))?.[0])).toEqual([undefined, undefined, 'id: own']);
});

test('pictures and links of a vault begin at its root', async () => {
  const archive = smallArchive({
    'quartz.config.ts': '',
    'content/posts/play.md': post('![[thoughts/images/a.jpg]]\n\n[[thoughts/play|Play]] [x](/thoughts/images/b.jpg)'),
    'content/thoughts/play.md': post('Words.', 'title: Play\ndate: 2015-01-02'),
    'content/thoughts/images/a.jpg': await picture(),
  });
  await archive.run();
  const text = archive.story('2015/01/play');
  expect(text).toContain('](a.jpg)');
  expect(text).toContain('[Play](story:2015/01/play-2)');
});

test('a standing page has its picture in its text, and the receipt says which fields it has not', async () => {
  const head = (name: string) =>
    `title: ${name}\nlayout: page\nauthor: Ann\ntags: [x]\nimage: ${name}/a.jpg\nimage_caption: The ${name}`;
  const archive = smallArchive({
    'one.md': post('Words.', head('One')),
    'two.md': post('Words.', head('Two')),
    'One/a.jpg': await picture(),
    'Two/a.jpg': Buffer.concat([await picture(), Buffer.from('2')]),
  });
  const receipt = await archive.run();
  expect(receipt.files.pages).toBe(2);
  const page = (name: string) => readFileSync(join(archive.root, 'site/content/pages', name));
  expect(page('one.md').toString()).toContain('![](one-a.jpg "The One")\n\nWords.');
  expect(page('two.md').toString()).toContain('![](two-a.jpg "The Two")\n\nWords.');
  expect(page('one-a.jpg').length + 1).toBe(page('two-a.jpg').length);
  const said = (from: string) =>
    receipt.fields.filter((line) => line.from === from).map(({ how, reason }) => `${how} ${reason}`);
  expect(said('author')).toEqual(['dropped a standing page has no such field']);
  expect(said('tags')).toEqual(['dropped a standing page has no such field']);
  expect(said('title')).toEqual(['mapped undefined']);
});

test('an archive that begins below a folder of the old site has its pictures and links', async () => {
  const archive = smallArchive({
    '2015/01/play.md': post('![A boat](/blog/2015/01/play/a.jpg) [x](/blog/2015/01/sea/) [y](/other/2015/)'),
    '2015/01/sea.md': post('Words.', 'title: Sea\ndate: 2015-01-02'),
    '2015/01/play/a.jpg': await picture(),
  });
  await archive.run();
  expect(archive.story('2015/01/play')).toContain('![A boat](a.jpg) [x](story:2015/01/sea) y');
});

test('what posts of Jekyll include is part of them, if it is no template', async () => {
  const archive = smallArchive({
    '_config.yml': 'title: Old',
    '_includes/people.md': '[Ann]: https://ann.example\n',
    '_includes/toc.html': '{% for x in y %}z{% endfor %}',
    'secret.md': 'Secret',
    '_posts/2015-01-01-a.md': post(
      'By [Ann][].\n\n`{% include people.md %}`\n\n{% include people.md %}\n{% include toc.html %}{% include ../secret.md %}{% include none.md %}',
    ),
  });
  const receipt = await archive.run();
  const text = archive.story('2015/01/a');
  expect(text).toContain('By [Ann][].\n\n`{% include people.md %}`\n\n[Ann]: https://ann.example');
  expect(text).not.toContain('Secret');
  expect(receipt.counts).toEqual({ shortcode: 1, 'shortcode-dropped': 3 });
});

test('a complete old address gives the path, whatever key has it', async () => {
  const archive = smallArchive({
    '_config.yml': 'url: https://old.example',
    ...Object.fromEntries(
      ['link', 'permalink', 'url', 'canonical', 'redirect_from'].map((key, at) => [
        `_posts/2015-01-0${at + 1}-${key}.md`,
        post('Words.', `title: ${key}\n${key}: https://old.example/2015/${key}-x/`),
      ]),
    ),
  });
  const receipt = await archive.run();
  for (const { file, aliases } of receipt.stories) {
    const key = /\d-(\w+)\.md/.exec(file)?.[1];
    expect(aliases).toContain(`/2015/${key}-x/`);
    expect(aliases.join()).not.toContain('https:');
  }
  expect(receipt.addressesDropped).toEqual([]);
});
