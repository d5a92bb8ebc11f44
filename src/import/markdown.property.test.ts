import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileBody } from '../story/body/compile.ts';
import { readSource } from '../yaml/source.ts';
import { contractProblems, smallArchive } from './small-archive.fixture.ts';

// Whatever a Markdown archive contains, a build accepts what the import writes, and the words keep their order.

// BROADSHEET_PROPERTY_RUNS and BROADSHEET_PROPERTY_SEED try more, and others.
const runs = Number(process.env.BROADSHEET_PROPERTY_RUNS ?? 12);
const seed = Number(process.env.BROADSHEET_PROPERTY_SEED ?? 1);

/** The configuration that makes an archive one of a generator, and where its posts are. */
const generators: Record<string, { config: [string, string]; post: (n: number) => string; toml?: boolean }> = {
  jekyll: { config: ['_config.yml', 'title: Old'], post: (n) => `_posts/2015-01-${10 + n}-post-${n}.md` },
  hugo: { config: ['hugo.toml', 'title = "Old"'], post: (n) => `content/posts/post-${n}.md` },
  zola: {
    config: ['config.toml', 'base_url = "https://old.example"'],
    post: (n) => `content/post-${n}.md`,
    toml: true,
  },
  hexo: { config: ['_config.yml', 'title: Old\nsource_dir: source'], post: (n) => `source/_posts/post-${n}.md` },
  eleventy: { config: ['eleventy.config.js', ''], post: (n) => `posts/post-${n}.md` },
  astro: { config: ['astro.config.mjs', ''], post: (n) => `src/content/blog/post-${n}.mdx` },
  docusaurus: { config: ['docusaurus.config.js', ''], post: (n) => `blog/2015-01-${10 + n}-post-${n}.md` },
  quartz: { config: ['quartz.config.ts', ''], post: (n) => `content/post ${n}.md` },
};

/** What stands around words. `§` stands for three words that no other place has. */
const frames = [
  '§',
  '**§**',
  '*§* and `§`',
  '> §',
  '- §\n- §',
  '1. §\n   - §',
  '## §',
  '## § {#x}',
  '§\n-----',
  '| § | § |\n| --- | --- |\n| § | § |',
  '[§](https://x.example "y")',
  '[§](/old/)',
  '[§](other.md#x)',
  '[§](#x)',
  '![§](far.jpg)',
  '![§](https://x.example/far.jpg "§")',
  '[§][ref]\n\n[ref]: https://x.example',
  '\n\n§[^¤]\n\n[^¤]: §',
  '<p>§</p>',
  '<div>\n\n§\n\n</div>',
  '<figure><img src="a.jpg" alt="A"><figcaption>§</figcaption></figure>',
  '<figure><figure><img src="a.jpg" alt="A"><figcaption>§</figcaption></figure><figcaption>§</figcaption></figure>',
  '<table><tr><td>§</td><td>§</td></tr></table>',
  '<details><summary>§</summary>§</details>',
  '<math><mi>§</mi></math>',
  '<noscript>§</noscript>',
  '<iframe src="https://x.example/" />\n\n§',
  '<b>§',
  '</div>§',
  '<!-- c -->§',
  '<script>bad()</script>§',
  '```js\n§\n```',
  '    §',
  '{{< figure src="a.jpg" alt="§" caption="§" >}}',
  '{{< quote author="§" >}}\n§\n{{< /quote >}}',
  '{% note info § %}\n§\n{% endnote %}',
  '{% tip(header="§") %}\n§\n{% end %}',
  '{{ figure(src="a.jpg", caption="§") }}',
  '{% blockquote § %}\n§\n{% endblockquote %}',
  ':::note §\n§\n:::',
  '> [!note] §\n> §',
  '[[other|§]] ![[a.jpg|§]]',
  '§\n: §',
  '§ &amp; \\* _ ~ ^ $5 :tada: ==§==',
  'www.example.com § <ann@x.example>',
  '§  \n§\\\n§',
  '{: .lead}\n§',
  '***\n\n§',
  "“§” — '§'",
  '[caption id="1" caption="§"]![x](b.jpg)[/caption]',
]; // prettier-ignore

const body = fc
  .array(fc.tuple(fc.constantFrom(...frames), fc.constantFrom('\n\n', '\n\n', '\n')), { minLength: 1, maxLength: 7 })
  .map((parts) => parts.map(([frame, gap], at) => frame.replaceAll('¤', `n${at}`) + gap).join(''));

/** Fills in words, such as `qa1x qa1y qa1z`, which stay together. */
function filled(frame: string, post: number): { text: string; triples: string[] } {
  const triples: string[] = [];
  const text = frame.replace(/§/g, () => {
    const stem = `q${'abcdefgh'[post]}${triples.length}`;
    triples.push(`${stem}x ${stem}y ${stem}z`);
    return triples.at(-1) ?? '';
  });
  return { text, triples };
}

test.each(Object.entries(generators))('%s', { timeout: 120_000 }, async (_, { config, post, toml = false }) => {
  await fc.assert(
    fc.asyncProperty(fc.array(body, { minLength: 1, maxLength: 4 }), async (bodies) => {
      const posts = bodies.map((frame, n) => filled(frame, n));
      const mark = toml ? '+++' : '---';
      const is = toml ? ' = ' : ': ';
      const head = (n: number) => `title${is}"Post ${n}"\ndate${is}2015-01-${10 + n}`;
      const archive = smallArchive({
        [config[0]]: config[1],
        ...Object.fromEntries(posts.map(({ text }, n) => [post(n), `${mark}\n${head(n)}\n${mark}\n\n${text}\n`])),
      });
      const receipt = await archive.run();
      expect(receipt.files).toMatchObject({ in: posts.length, stories: posts.length, skipped: 0 });
      expect(await contractProblems(archive.stories)).toEqual([]);
      for (const [n, { triples }] of posts.entries()) {
        const line = receipt.stories.find(({ file }) => file === post(n));
        const text = archive.story(line?.path.replace(/^stories\//, '') ?? '');
        const source = readSource('x.md', Buffer.from(text));
        if ('problems' in source) throw new Error('not read');
        const format = line?.path.endsWith('x') ? 'mdx' : 'md';
        const printed = JSON.stringify(
          compileBody({ text: source.body, format, file: 'x', firstLine: 1 }, { language: 'en', base: '' }).body,
        );
        const words = `${printed} ${text}`.replace(/<[^>]*>|\\n|\n/g, ' ').match(/[\p{L}\p{N}]+/gu) ?? [];
        const all = ` ${words.join(' ')} `;
        expect(
          triples.filter((triple) => !all.includes(` ${triple} `)),
          text,
        ).toEqual([]);
      }
    }),
    { numRuns: runs, seed },
  );
});
