import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ProblemsError } from '../problems/problem.ts';
import { digestOfFolder, type SmallNewsroom, smallNewsroom, story } from './small-newsroom.fixture.ts';

// A newsroom with a theme: its own colours, its own footer, and a story component with an npm package.

const body = '<Dial value="7" unit="bar">\n\nWords *inside*.\n\n</Dial>';
const dial = `---
import { twice } from 'pkg';
import './dial.css';
interface Props {
  value: string;
  unit?: 'bar' | 'psi';
}
const { value, unit } = Astro.props;
---
<div class="dial">{twice(Number(value))} {unit} <slot /></div>
<style>.dial { color: teal }</style>
`;

const themed = (): SmallNewsroom =>
  smallNewsroom({
    'content/stories/2025/02/harbour/index.mdx': story({}, body),
    'theme/tokens.css': ':root { --accent: #060; --text: 40rem; }',
    'theme/components/Dial.astro': dial,
    'theme/components/dial.css': '.dial { border: 1px solid; background: url("./mark.svg") }',
    'theme/components/mark.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'theme/components/Foot.astro': `---
import { Foot, type FootProps } from 'broadsheet/theme';
type Props = FootProps;
const { site } = Astro.props;
---
<Foot site={site} /><p class="mine">Printed in Galway</p>
`,
    'node_modules/pkg/package.json': '{ "name": "pkg", "type": "module", "main": "index.js" }',
    'node_modules/pkg/index.js': 'export const twice = (n) => n * 2;',
  });

const problemsOf = async (newsroom: SmallNewsroom) => {
  const error = await newsroom.press().catch((thrown: unknown) => thrown);
  if (!(error instanceof ProblemsError)) throw error;
  return error.problems.map(({ file, line, rule, message }) => `${file}:${line} ${rule}: ${message}`);
};

describe('a theme', () => {
  const newsroom = themed();
  const read = (file: string) => readFileSync(join(newsroom.site, 'dist', file), 'utf8');
  const styles = () =>
    [...newsroom.dist()]
      .filter(([file]) => file.endsWith('.css'))
      .map(([, text]) => text)
      .join('');

  test('changes colours, replaces a component that it can also use, and adds its own with an npm package', async () => {
    await newsroom.press();
    const page = read('2025/02/harbour/index.html');
    expect(page).toMatch(/<div class="dial"[^>]*>14 bar <p>Words <em>inside<\/em>\.<\/p>/);
    expect(page).toContain('<footer class="foot">');
    expect(page).toContain('<p class="mine">Printed in Galway</p>');
    expect(styles()).toContain('--accent:#060');
    expect(styles()).toMatch(/\.dial\[data-astro-cid-\w+\]\{color:teal\}/);
    expect(newsroom.filesMentioning('assets/mark')).not.toEqual([]);
  }, 120_000);

  test('produces the same bytes in another folder', async () => {
    const other = themed();
    await other.press({ cache: join(other.site, '.broadsheet') }); // so that its templates are compiled there too
    expect(digestOfFolder(join(other.site, 'dist'))).toBe(digestOfFolder(join(newsroom.site, 'dist')));
  }, 120_000);

  test('says what a story can write, at the story’s line, and an edit of the component is enough to change it', async () => {
    newsroom.put('content/stories/2025/02/harbour/index.mdx', story({}, body.replace('bar', 'bra')));
    expect(await problemsOf(newsroom)).toEqual([
      expect.stringMatching(
        /^content\/stories\/2025\/02\/harbour\/index\.mdx:\d+ story-attribute-wrong: .*this must be one of bar, psi/,
      ),
    ]);
    newsroom.put('theme/components/Dial.astro', dial.replace("'psi'", "'bra'"));
    await newsroom.press();
    expect(read('2025/02/harbour/index.html')).toContain('14 bra');
    newsroom.put('theme/components/Dial.astro', dial);
    expect(await problemsOf(newsroom)).toHaveLength(1);
  }, 180_000);
});

describe('mistakes in a theme are reported with file and line, and dist stays', () => {
  test.each([
    [
      'a package that is not there',
      dial.replace("'pkg'", "'pgk'"),
      /^theme\/components\/Dial\.astro:2 theme-broken: .*"pgk"/,
    ],
    [
      'a slip of the pen',
      dial.replace('{ value, unit }', '{ value, unit = }'),
      /^theme\/components\/Dial\.astro:8 theme-broken/,
    ],
    [
      'a component that throws',
      dial.replace('const {', 'if (Astro) throw new Error("no such dial");\nconst {'),
      /^theme\/components\/Dial\.astro:8 theme-throws: .*no such dial/,
    ],
  ])(
    '%s',
    async (_, source, said) => {
      const newsroom = themed();
      newsroom.put('theme/components/Dial.astro', source);
      expect(await problemsOf(newsroom)).toEqual([expect.stringMatching(said)]);
    },
    120_000,
  );
});
