import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { check } from '../check/check.ts';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import { sharedCache, smallNewsroom, story } from './small-newsroom.fixture.ts';
import { themeProblems } from './theme-check.ts';
import { dialStory, type ThemeMistake, themeMistakes } from './theme-mistakes.fixture.ts';

// Every mistake in a theme is reported by file and line, in a build and in `check` alike (and in `dev`:
// e2e/change-the-look-while-dev-runs.spec.ts), never in the words of a bundler, and never silently ignored.

const made: string[] = [];
afterAll(() => {
  for (const site of made) rmSync(site, { recursive: true, force: true });
});
const newsroomWith = ({ files }: Pick<ThemeMistake, 'files'>) => {
  const usesDial = 'theme/components/Dial.astro' in files;
  const newsroom = smallNewsroom({
    'content/stories/2025/02/harbour/index.mdx': story({}, usesDial ? dialStory : 'Words.'),
    ...files,
  });
  made.push(newsroom.site);
  return newsroom;
};
const lines = (problems: Problem[]) =>
  problems.map(({ file, line, rule, message }) => `${file}:${line} ${rule}: ${message}`);
const expectPlain = (problems: Problem[]) => {
  for (const { message, hint = '' } of problems)
    expect(message + hint).not.toMatch(/\n\s+at |node_modules|\/tmp\/|file:\/\//);
};

const building = (newsroom: ReturnType<typeof smallNewsroom>) =>
  newsroom.press().then(
    ({ warnings }) => warnings,
    (error: unknown) => {
      if (error instanceof ProblemsError) return error.problems;
      throw error;
    },
  );
const checking = async (site: string) => {
  const options = {
    site,
    dist: join(site, 'dist'),
    cache: sharedCache,
    now: Date.parse('2025-06-01'),
    clock: Date.now(),
  };
  return (await check(options)).problems;
};

describe('a mistake in a theme', () => {
  test.each(themeMistakes.filter(({ severity }) => severity === 'error'))(
    '$name',
    async (mistake) => {
      const newsroom = newsroomWith(mistake);
      const built = await building(newsroom);
      expect(lines(built)[0]).toMatch(mistake.says);
      expect(built[0]?.severity).toBe('error');
      expectPlain(built);
      if (built[0]?.rule !== 'theme-throws') expect(existsSync(join(newsroom.site, 'dist'))).toBe(false);
      const checked = await checking(newsroom.site);
      expect(lines(checked)[0]).toMatch(mistake.says);
      expect(checked[0]?.severity).toBe('error');
      expectPlain(checked);
    },
    120_000,
  );

  test('that has no effect on a page is a warning, and the build succeeds', async () => {
    const warnings = themeMistakes.filter(({ severity }) => severity === 'warning');
    // Each in its own file, so that one build reports all of them.
    const named = (text: string, at: number) => text.replace('tokens.css', `tokens-${at}.css`);
    const files = warnings.flatMap((mistake, at) =>
      Object.entries(mistake.files).map(([file, text]) => [named(file, at), text] as const),
    );
    const newsroom = newsroomWith({ files: Object.fromEntries(files) });
    for (const problems of [await building(newsroom), await checking(newsroom.site)]) {
      expect(problems.map(({ severity }) => severity)).toEqual(warnings.map(() => 'warning'));
      for (const { says } of warnings)
        expect(lines(problems).map((line) => line.replace(/tokens-\d+/, 'tokens'))).toContainEqual(
          expect.stringMatching(says),
        );
    }
    expect(existsSync(join(newsroom.site, 'dist/index.html'))).toBe(true);
  }, 120_000);
});

test('a theme without mistakes causes no message', async () => {
  const { site } = newsroomWith({
    files: {
      'theme/tokens.css': `@import "./more/colours.css";
@font-face { font-family: "Own"; src: url("./own.woff2?v=1") format("woff2"), url('data:font/woff2;base64,AA=='); font-display: swap; font-weight: 200 800; }
:root { --accent: #1d6141; --mine: 3px; --t-m: 1.0625rem }
@layer own { .a:where(.b, :is(h1, h2)) > p:not(:first-child)::before { content: "\\201C"; margin-inline: max(1rem, (100% - var(--max)) / 2) } }
@supports (display: grid) { @media (width >= 40rem) and (prefers-color-scheme: dark) { .a { border-radius: var(--mine); color: light-dark(#fff, #000) } } }
@page { margin: 15mm; size: A4 }
.a { background: url(#x); mask: url("/mask.svg"); -webkit-line-clamp: 3; text-wrap: pretty; inset: 0; container: card / inline-size; &:hover { color: oklch(50% 0.1 20 / 50%) } }
@container card (inline-size > 30rem) { .a { grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)) } }
@property --turn { syntax: "<angle>"; inherits: false; initial-value: 0deg }
@keyframes spin { to { rotate: 1turn } }
`,
      'theme/more/colours.css': '.more { color: color-mix(in oklab, red 30%, transparent) }',
      'theme/own.woff2': 'x',
      'public/mask.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'theme/components/Dial.astro': `---
import type { Nothing } from './types-that-are-not-there';
import { Foot, hrefOf as link, type Site } from 'broadsheet/theme';
import { z } from 'zod';
import { half } from './sums';
import Part from './parts/Part.astro';
const { value } = Astro.props;
const said = \`import x from './nowhere'\`;
---
<p class:list={['a', { b: value }]}>{z && half(4)}{Foot && link && (undefined as Site | undefined)}{said}<Part /></p>
<style>
  p :global(.inside) { color: var(--accent); }
  @media print { p { display: none } }
</style>
<style is:global>.b { color: red }</style>
`,
      'theme/components/sums.ts': 'export const half = (n: number): number => n / 2;\n',
      'theme/components/parts/Part.astro': '<b>x</b>\n',
      'theme/pages/contact.mdx': `---
title: Contact
layout: '../layouts/Wide.astro' # ours
---
import { LatestStories, hrefOf as link } from 'broadsheet/theme';
import Part, * as parts from '../components/parts/Part.astro';
export const Hours = () => 'six';

<LatestStories list="site" /> <Part /> <parts.Part /> <Hours />

\`\`\`js
import x from './nowhere';
\`\`\`

\`<Nothing client:load />\` and {/* <script> */} and {link(props.site, '/')} ![](/mask.svg)

{[1].map((n) => <Part key={n} />)}
`,
      'theme/layouts/Wide.astro': `---
import { Page } from 'broadsheet/theme';
---
<Page title={Astro.props.title}>
  <!-- <script>no</script> -->
  <script type="application/ld+json" set:html="{}" />
  <slot />
</Page>
`,
      'theme/pages/_parts/Box.astro': '<b>x</b>\n',
      'theme/pages/projects/heat.astro': `---
import { Page } from 'broadsheet/theme';
import Box from '../_parts/Box.astro';
---
<Page title="Heat"><Box /></Page>
`,
      'theme/notes.txt': 'x',
    },
  });
  expect(await themeProblems(site)).toEqual([]);
});
