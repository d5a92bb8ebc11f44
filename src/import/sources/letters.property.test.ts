import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyHtml } from '../html-body/any-html.fixture.ts';
import { ImportError } from '../import.ts';
import { contractProblems, smallArchive } from '../small-archive.fixture.ts';
import type { SourceKind } from '../source.ts';
import { backup, entry, taken, takeout } from './blogger/blogger.fixture.ts';
import { importFiles } from './files/import-files.fixture.ts';
import { page } from './medium/medium.fixture.ts';
import { attrs, list, row } from './substack/substack.fixture.ts';
import { zipOf } from './zip/zip.fixture.ts';

/*
 * Whatever the posts of an export contain, and whatever has happened to its bytes: every item is accounted for, and a
 * build of what was imported succeeds.
 */

const address = fc.constantFrom(
  'https://x.example/a?b=1&c=2',
  '/p/post-1',
  'story:x',
  'javascript:x',
  '#',
  '',
  'https://[',
  'http://1.bp.blogspot.com/a/s320/b.jpg',
);
const words: fc.Arbitrary<string> = fc.constantFrom(
  'Harbour',
  '',
  'A <b>bold</b> & {brace}',
  '“q” *x* _y_',
  '---',
  '# h',
  ':tada:',
  '\u202e',
  '[x](y)',
  '`',
);
const json = fc
  .record({
    url: address,
    src: address,
    title: words,
    alt: words,
    href: address,
    caption: words,
    videoId: words,
    name: words,
    gallery: fc.constantFrom(null, {}, { images: [{ src: '/a.jpg' }, { src: 3 }, null], caption: 'C <i>d</i>' }),
  })
  .map(attrs);

/** The parts that these systems write, with any values. */
const part = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        'captioned-image-container',
        'tweet',
        'twitter-embed',
        'youtube-wrap',
        'digest-post-embed',
        'image-gallery-embed',
        'button-wrapper',
        'captioned-button-wrap',
        'subscription-widget',
        'mention-wrap',
        'latex-rendered',
        'callout-block',
        'preformatted-block',
        'dynamic-content-block',
        'footnote',
        'pullquote',
        'graf--mixtapeEmbed',
        'section-inner sectionLayout--outsetRow',
        'tr-caption-container',
        'separator',
        'bs-card',
      ),
      json,
      address,
      fc.array(anyHtml, { maxLength: 2 }),
    )
    .map(
      ([name, data, href, inner]) =>
        `<div class="${name}" data-component-name="XToDOM" data-attrs="${data}"><a href="${href}"><img src="${href}" data-attrs="${data}" alt="x"></a>${inner.join('')}</div>`,
    ),
  fc
    .tuple(address, words)
    .map(
      ([src, caption]) =>
        `<table class="tr-caption-container"><tr><td><a href="${src}"><img src="${src}"></a></td></tr><tr><td class="tr-caption">${caption}</td></tr></table>`,
    ),
  fc.constant(
    '<pre data-code-block-lang="js"><span>a<br>```</span></pre><iframe src="https://medium.com/media/x"></iframe><a name="more"></a>',
  ),
  fc.constant(
    '<p>x<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a></p><div class="footnote"><a id="footnote-1" href="#footnote-anchor-1">1</a><div class="footnote-content"><p>n</p></div></div>',
  ),
  anyHtml,
);
const text = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('\n'));
const post = fc.record({ text, title: words, subtitle: words.map((each) => each.replaceAll('"', '')) });
type Post = typeof post extends fc.Arbitrary<infer T> ? T : never;

const id = (at: number): string => (0xabcdef0 + at).toString(16);
const exports: [SourceKind, (posts: readonly Post[]) => Record<string, string>][] = [
  [
    'substack',
    (posts) => ({
      'posts.csv': list(...posts.map(({ title, subtitle }, at) => row({ id: `${at}.post-${at}`, title, subtitle }))),
      ...Object.fromEntries(posts.map(({ text: html }, at) => [`posts/${at}.post-${at}.html`, html])),
    }),
  ],
  [
    'medium',
    (posts) =>
      Object.fromEntries(
        posts.map(({ text: body, title, subtitle }, at) => [
          `posts/2020-01-01_P-${id(at)}.html`,
          page({ title, subtitle, body, id: id(at), canonical: `https://medium.com/@a/p-${id(at)}` }),
        ]),
      ),
  ],
  [
    'blogger',
    (posts) => ({
      'blog.xml': backup(
        ...posts.map(({ text: content, title }, at) =>
          entry({ id: String(at), content, title, link: `http://t.blogspot.com/2009/01/p${at}.html` }),
        ),
      ),
    }),
  ],
];

test.each(exports)(
  '%s: whatever the posts contain, each is accounted for, and check finds no error',
  async (kind, make) => {
    await fc.assert(
      fc.asyncProperty(fc.array(post, { minLength: 20, maxLength: 30 }), async (posts) => {
        const { receipt, errors } = await importFiles(
          kind,
          make([...posts, { text: '<p>Text.</p>', title: 'Last', subtitle: '' }]),
        );
        const { files, comments } = receipt;
        expect(files.in).toBe(files.stories + files.pages + files.drafts + files.skipped);
        expect(files.in + (kind === 'medium' ? (comments?.count ?? 0) : 0)).toBe(posts.length + 1);
        expect(errors).toEqual([]);
      }),
      { numRuns: 4, interruptAfterTimeLimit: 60_000, endOnFailure: true },
    );
  },
  180_000,
);

const bytes: [SourceKind, string, Buffer][] = [
  ['substack', 'posts.csv', Buffer.from(list(row(), row({ id: '102.b', title: 'B' })))],
  ['medium', 'posts/2016-01-13_The-storm-52496cb74beb.html', Buffer.from(page({ subtitle: 'x' }))],
  ['blogger', 'blog.xml', Buffer.from(backup(entry(), entry({ id: '2', title: 'B' })))],
  ['blogger', 'feed.atom', Buffer.from(takeout(taken(), taken({ id: '2', title: 'B' })))],
  [
    'substack',
    'a.zip',
    zipOf([
      { name: 'posts.csv', data: list(row()) },
      { name: 'posts/101.storm.html', data: '<p>Text.</p>' },
    ]),
  ],
  ['medium', 'a.zip', zipOf([{ name: 'posts/2016-01-13_The-storm-52496cb74beb.html', data: page() }])],
];

test.each(bytes)(
  '%s: whatever has happened to the bytes of %s, the sums are right, or nothing is imported',
  async (kind, name, whole) => {
    const changes = fc.array(
      fc.tuple(fc.nat(whole.length - 1), fc.nat(255), fc.constantFrom('set', 'cut', 'insert', 'repeat')),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(changes, async (list) => {
        let changed = whole;
        for (const [at, value, how] of list) {
          if (how === 'set') {
            changed = Buffer.from(changed);
            changed[at] = value;
          }
          if (how === 'cut') changed = changed.subarray(0, Math.max(10, at));
          if (how === 'insert')
            changed = Buffer.concat([changed.subarray(0, at), Buffer.alloc(value, value), changed.subarray(at)]);
          if (how === 'repeat') changed = Buffer.concat([changed, changed.subarray(at)]);
        }
        const archive = smallArchive({ [name]: changed, 'posts/101.storm.html': '<p>Text.</p>' });
        try {
          const { files } = await archive.runAs(kind, name.endsWith('.zip') || kind === 'blogger' ? name : '.');
          expect(files.in).toBe(files.stories + files.pages + files.drafts + files.skipped);
          expect(await contractProblems(archive.stories)).toEqual([]);
        } catch (error) {
          if (!(error instanceof ImportError)) throw error;
        }
      }),
      // A subtitle of one control character was once written as an empty standfirst, and the name of an author was once
      // too long for the name of a file.
      {
        numRuns: 20,
        interruptAfterTimeLimit: 30_000,
        examples: [
          [
            [
              [176, 0, 'set'],
              [177, 0, 'cut'],
            ],
          ],
          [[[Math.min(900, whole.length - 1), 178, 'insert']]],
        ] as never,
      },
    );
  },
  90_000,
);
