import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ProblemsError } from '../problems/problem.ts';
import { digestOfFolder, type SmallNewsroom, siteYaml, smallNewsroom, story } from './small-newsroom.fixture.ts';
import { themeProblems } from './theme-check.ts';

// A theme from npm, as `npm install broadsheet-theme-x` leaves it.

const foot = (words: string) =>
  `---\nimport { Foot, type FootProps } from 'broadsheet/theme';\ntype Props = FootProps;\n---\n<Foot {...Astro.props} /><p class="mine">${words}</p>\n<style>.mine { color: teal }</style>\n`;
const inPackage = (files: Record<string, string>, name = 'broadsheet-theme-x') =>
  Object.fromEntries(Object.entries(files).map(([file, text]) => [`node_modules/${name}/${file}`, text]));
const themed = (files: Record<string, string> = {}, name = 'broadsheet-theme-x') =>
  smallNewsroom({
    'content/site.yaml': `theme: ${name.startsWith('@') ? `"${name}"` : name}\n${siteYaml}`,
    'content/stories/2025/02/harbour/index.mdx': story({}, '<Dial value="7" />'),
    ...inPackage(
      {
        'package.json': `{ "name": "${name}", "version": "1.0.0" }`,
        'theme/tokens.css': ':root { --accent: #060; --mine: url("./mark.svg") }',
        'theme/mark.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
        'theme/components/Foot.astro': foot('From the package'),
        'theme/components/Dial.astro':
          '---\nimport { twice } from \'./sums.ts\';\ninterface Props { value: string }\nconst { value } = Astro.props;\n---\n<div class="dial">{twice(Number(value))}</div>\n',
        'theme/components/sums.ts': 'export const twice = (n: number): number => n * 2;\n',
      },
      name,
    ),
    ...files,
  });
const page = (newsroom: SmallNewsroom) => newsroom.dist().get('2025/02/harbour/index.html') ?? '';
const styles = (newsroom: SmallNewsroom) =>
  [...newsroom.dist()].map(([file, text]) => (file.endsWith('.css') ? text : '')).join('');

describe('a theme from npm', () => {
  test.each(['broadsheet-theme-x', '@paper/theme'])(
    '%s brings styles, replaces components, and has story components',
    async (name) => {
      const newsroom = themed({}, name);
      expect((await newsroom.press()).warnings).toEqual([]);
      expect(page(newsroom)).toMatch(/<div class="dial"[^>]*>14<\/div>/);
      expect(page(newsroom)).toMatch(/<footer class="foot">[\s\S]*From the package/);
      expect(styles(newsroom)).toContain('--accent:#060');
      expect(newsroom.filesMentioning('assets/mark')).not.toEqual([]);
    },
    120_000,
  );

  test('the newsroom’s own theme takes precedence: its styles come later, its components replace others, and the rest stays', async () => {
    const newsroom = themed({
      'theme/tokens.css': ':root { --accent: #006 }',
      'theme/components/Foot.astro': foot('From the newsroom'),
    });
    await newsroom.press();
    expect(page(newsroom)).toContain('From the newsroom');
    expect(page(newsroom)).not.toContain('From the package');
    expect(page(newsroom)).toContain('>14</div>');
    const css = styles(newsroom);
    expect(css.lastIndexOf('--accent:#006')).toBeGreaterThan(css.lastIndexOf('--accent:#060'));
  }, 120_000);

  test('an update of the package renders what it changes again, and gives the same bytes as a clean build elsewhere', async () => {
    const newsroom = themed();
    await newsroom.press();
    newsroom.put('node_modules/broadsheet-theme-x/theme/components/Foot.astro', foot('Version two'));
    await newsroom.press();
    expect(page(newsroom)).toContain('Version two');
    const other = themed(inPackage({ 'theme/components/Foot.astro': foot('Version two') }));
    await other.press({ cache: join(other.site, '.broadsheet') });
    expect(digestOfFolder(join(other.site, 'dist'))).toBe(digestOfFolder(join(newsroom.site, 'dist')));
  }, 120_000);

  const problemsOf = async (newsroom: SmallNewsroom) => {
    const error = await newsroom.press().catch((thrown: unknown) => thrown);
    if (!(error instanceof ProblemsError)) throw error;
    return error.problems.map(({ file, line, rule }) => `${file}:${line} ${rule}`);
  };

  test('that is not installed is an error, even if it was installed before, and dist stays', async () => {
    const newsroom = themed();
    await newsroom.press();
    rmSync(join(newsroom.site, 'node_modules'), { recursive: true });
    newsroom.put('content/stories/2025/02/harbour/index.mdx', story());
    expect(await problemsOf(newsroom)).toEqual(['content/site.yaml:1 theme-missing']);
    expect(page(newsroom)).toContain('>14</div>');
    expect((await themeProblems(newsroom.site))[0]?.hint).toContain('npm install broadsheet-theme-x');
  }, 120_000);

  test('that has mistakes is reported with its file', async () => {
    const newsroom = themed(inPackage({ 'theme/components/Box.astro': '<p>x</p>' }));
    expect(await problemsOf(newsroom)).toEqual([
      'node_modules/broadsheet-theme-x/theme/components/Box.astro:1 theme-not-replaceable',
    ]);
    const throwing = themed(
      inPackage({ 'theme/components/Foot.astro': '---\nthrow new Error("no foot");\n---\n<p>x</p>\n' }),
    );
    expect(await problemsOf(throwing)).toEqual([
      'node_modules/broadsheet-theme-x/theme/components/Foot.astro:2 theme-throws',
    ]);
    const empty = themed();
    rmSync(join(empty.site, 'node_modules/broadsheet-theme-x/theme'), { recursive: true });
    expect(existsSync(join(empty.site, 'node_modules/broadsheet-theme-x'))).toBe(true);
    expect((await themeProblems(empty.site))[0]?.message).toContain('is not a theme');
  }, 120_000);

  test('a name that is not a package name is an error at its line', async () => {
    const newsroom = smallNewsroom({ 'content/site.yaml': `${siteYaml}theme: ../my theme\n` });
    expect(await problemsOf(newsroom)).toEqual(['content/site.yaml:9 wrong-value']);
  });
});
