import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { elements } from '../story/elements.ts';
import { digestOfFolder, smallNewsroom, story } from './small-newsroom.fixture.ts';
import { templatesFolder } from './template-folder.ts';
import {
  engineImportProblem,
  faceExports,
  faceFor,
  faceNameProblems,
  faceSource,
  namesFromFace,
  notReplaceable,
  replaceable,
} from './theme-face.ts';
import { themeManual } from './theme-manual.ts';

const source = readFileSync(join(templatesFolder, 'theme.ts'), 'utf8');
const place = { file: 'theme/components/Foot.astro', line: 2 };

test('docs/theme-components.md matches the sources; `npm run docs` writes it', () =>
  expect(readFileSync(join(templatesFolder, '../docs/theme-components.md'), 'utf8')).toBe(themeManual()));

describe('what a theme can import', () => {
  test('is read completely from src/theme.ts, each with a sentence', () => {
    const written = [...source.matchAll(/^export \{/gm)];
    expect(faceExports()).toHaveLength(written.length);
    for (const { does, name } of faceExports()) expect(does, name).toMatch(/\.$/);
  });

  test('has the type of the props of each component', () => {
    for (const [name, { from }] of replaceable())
      expect(source).toContain(`export type ${name}Props = PropsOf<typeof import('./${from}').default>;`);
  });

  test('includes every story component', () =>
    expect(Object.keys(elements).filter((name) => !replaceable().has(name))).toEqual([]));

  test('is only what a file imports, so that no styles of other components are included', () => {
    const id = faceFor("import { Foot, type FootProps,\n  hrefOf as link } from 'broadsheet/theme';");
    expect(faceSource(id)).toBe(
      "export { default as Foot } from './components/Foot.astro';\nexport { hrefOf } from './site/site.ts';",
    );
    expect(faceSource(faceFor("import * as all from 'broadsheet/theme';"))?.split('\n')).toHaveLength(
      faceExports().length,
    );
    expect(faceSource('/elsewhere/theme.ts?names=Foot')).toBeUndefined();
  });

  test.each([
    ["import {Foot,Card} from 'broadsheet/theme'", ['Foot 1', 'Card 1']],
    ['\nimport {\n  Foot,\n  type Site,\n} from "broadsheet/theme";', ['Foot 3', 'Site 4']],
    ["import type { Site } from 'broadsheet/theme'", ['Site 1']],
    ["export { hrefOf } from 'broadsheet/theme'", ['hrefOf 1']],
    ["import * as all from 'broadsheet/theme'", ['* 1']],
    ["import all from 'broadsheet/theme'", ['default 1']],
    ["import { Foot } from './theme'", []],
  ])('%j', (text, names) => expect(namesFromFace(text).map(({ name, line }) => `${name} ${line}`)).toEqual(names));
});

describe('anything else is an error that names the nearest name', () => {
  test.each([
    ['broadsheet/components/Foto.astro', 'theme-import-internal', /Import {2}Foot {2}from/],
    ['broadsheet/components/PrintNotes.astro', 'theme-import-internal', /docs\/theme-components\.md/],
    ['broadsheet/site/site.ts', 'theme-import-internal', /theme/],
    ['broadsheet', 'theme-import-internal', /theme/],
    ['broadsheet/components/story/Byline.astro', 'theme-import-old', /import \{ Byline \} from 'broadsheet\/theme'/],
    ['broadsheet/components/Foot.astro', 'theme-import-old', /broadsheet upgrade/],
  ])('an import of %s', (from, rule, hint) =>
    expect(engineImportProblem(from, place)).toMatchObject({ rule, hint: expect.stringMatching(hint), ...place }),
  );

  test('an import of the public interface is valid', () =>
    expect(engineImportProblem('broadsheet/theme', place)).toBeUndefined());

  test('a name that it does not export, and a default import', () => {
    const problems = faceNameProblems(
      'theme/components/A.astro',
      "import { Masthed, Foot } from 'broadsheet/theme';\nimport x from 'broadsheet/theme';",
    );
    expect(problems.map(({ rule, line, hint }) => [rule, line, hint])).toEqual([
      ['theme-import-unknown', 1, 'Did you mean  Masthead ?'],
      ['theme-import-unknown', 2, expect.stringContaining('in braces')],
    ]);
  });

  test('a file named like a component that cannot be replaced', () => {
    const own = ['Foot', 'Notices', 'Box'];
    expect(notReplaceable('theme/components/Foot.astro', own)).toBeUndefined();
    expect(notReplaceable('theme/components/Dial.astro', own)).toBeUndefined();
    expect(notReplaceable('theme/components/Box.astro', own)).toMatchObject({ rule: 'theme-not-replaceable' });
  });
});

test('a component can wrap a built-in one, in the new form and the old, and both give the same page', async () => {
  const pages = [];
  for (const from of [
    "import { Foot } from 'broadsheet/theme';",
    "import Foot from 'broadsheet/components/Foot.astro';",
  ]) {
    const newsroom = smallNewsroom({
      'content/stories/2025/02/harbour/index.md': story(),
      'theme/components/Foot.astro': `---\n${from}\nconst { site } = Astro.props;\n---\n<Foot site={site} /><p class="mine">Printed in Galway</p>\n`,
    });
    await newsroom.press();
    expect(newsroom.dist().get('2025/02/harbour/index.html')).toMatch(/<footer class="foot">[\s\S]*class="mine"/);
    expect([...newsroom.dist().keys()].filter((file) => file.endsWith('.css')).length).toBeLessThan(8);
    pages.push(digestOfFolder(join(newsroom.site, 'dist')));
  }
  expect(pages[0]).toBe(pages[1]);
}, 120_000);
