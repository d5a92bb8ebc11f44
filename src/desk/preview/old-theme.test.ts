import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { smallNewsroom, story } from '../../press/small-newsroom.fixture.ts';
import { openedNewsroom } from './opened.fixture.ts';

const a = 'content/stories/2025/02/a/index.mdx';
const foot = 'theme/components/Foot.astro';

test('while a theme has a mistake, pages have its last templates, and the mistake is named', {
  timeout: 240_000,
}, async () => {
  const text = story({ headline: 'The harbour', section: 'world', published: '2025-02-03' }, 'One.');
  const { site } = smallNewsroom({ [a]: text, [foot]: '<footer><p>Our own foot</p></footer>\n' });
  const { newsroom, previewer } = openedNewsroom(site);
  await newsroom.refresh();
  const show = async (words: string) => {
    const shown = await previewer.show({ file: a, text: text.replace('One.', words) });
    return {
      isOldTheme: shown.isOldTheme === true,
      errors: shown.problems.filter(({ severity }) => severity === 'error').map(({ file }) => file),
      hasWords: shown.page?.html.includes(words) === true,
      hasFoot: shown.page?.html.includes('Our own foot') === true,
    };
  };
  const asBefore = { hasWords: true, hasFoot: true };
  expect(await show('First.')).toEqual({ isOldTheme: false, errors: [], ...asBefore });
  writeFileSync(join(site, foot), '---\nconst = ;\n---\n<footer>{</footer>\n');
  // The theme is looked at once in a second.
  await expect
    .poll(() => show('Second.'), { timeout: 60_000 })
    .toEqual({ isOldTheme: true, errors: [foot], ...asBefore });
  expect(await show('Third.')).toEqual({ isOldTheme: true, errors: [foot], ...asBefore });
  writeFileSync(join(site, foot), '<footer><p>Another foot</p></footer>\n');
  await expect
    .poll(() => show('Fourth.'), { timeout: 120_000 })
    .toEqual({ isOldTheme: false, errors: [], hasWords: true, hasFoot: false });
  rmSync(join(site, 'theme'), { recursive: true });
});
