import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { closeIndexHandle, openIndexHandle } from '../index/handle.ts';
import type { ProblemsError } from '../problems/problem.ts';
import { ensureBundle, serverEntry } from './bundle.ts';
import { indexFile, realFolder } from './index-file.ts';
import { openTemplates, type Templates } from './render.ts';
import { chooseWay, testedAstro } from './render-way.ts';
import { digestOfFolder, sharedCache, smallNewsroom, story } from './small-newsroom.fixture.ts';

const newsroom = (foot = '<Foot site={Astro.props.site} /><p>Printed in Galway</p>') =>
  smallNewsroom({
    'content/stories/2025/02/harbour/index.mdx': story(
      { topics: ['sea'] },
      '<Dial value="7">\n\nWords *inside*.\n\n</Dial>',
    ),
    'content/stories/2025/03/ferry/index.md': story({ headline: 'Ferry', type: 'opinion' }),
    'content/pages/about.md': '---\nheadline: About\n---\n\nUs.\n',
    'theme/tokens.css': ':root { --accent: #060; }',
    'theme/components/Foot.astro': `---\nimport { Foot } from 'broadsheet/theme';\n---\n${foot}\n<style>p { color: teal }</style>\n`,
    'theme/components/Dial.astro':
      '---\ninterface Props { value: string }\nconst { value } = Astro.props;\n---\n<div class="dial">{value} <slot /></div>\n<style>.dial { color: red }</style>\n',
  });

test('the oracle test covers the installed Astro: after an update, run it and raise `testedAstro`', () => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
  expect(testedAstro).toBe(manifest.dependencies.astro);
});

test('both ways produce the same bytes, even with a theme', async () => {
  const one = newsroom();
  const fast = join(one.site, 'dist');
  const astro = join(one.site, 'astro');
  expect((await one.press({ dist: fast, way: 'fast' })).rendered).toBeGreaterThan(8);
  await one.press({ dist: astro, way: 'astro' });
  expect(one.dist(astro).get('2025/02/harbour/index.html')).toMatch(/class="dial"[\s\S]*Printed in Galway/);
  expect(digestOfFolder(astro)).toBe(digestOfFolder(fast));
}, 120_000);

test('a component that fails is reported at its line, either way', async () => {
  const one = newsroom('{(() => { throw new Error("no such foot"); })()}');
  for (const way of ['fast', 'astro'] as const) {
    const error = await one.press({ way }).catch((thrown: unknown) => thrown);
    expect((error as ProblemsError).problems, way).toMatchObject([
      {
        rule: 'theme-throws',
        file: 'theme/components/Foot.astro',
        line: 4,
        message: expect.stringContaining('no such foot'),
      },
    ]);
  }
}, 120_000);

describe('the way is chosen when the templates are opened', () => {
  async function choose(
    change: (templates: Templates) => Partial<Templates>,
    astro?: string,
    asked?: 'fast' | 'astro',
  ) {
    const one = newsroom();
    await one.press();
    const templates = await openTemplates(serverEntry(await ensureBundle(one.site, sharedCache)));
    const index = openIndexHandle(one.site, indexFile(sharedCache, realFolder(join(one.site, 'dist'))), 'read');
    try {
      return await chooseWay(index, { ...templates, ...change(templates) }, asked, astro);
    } finally {
      closeIndexHandle(index);
    }
  }
  /** What `oracle.test.ts` detected at the first attempt: every page except the first of its kind has no styles. */
  const forgetful = ({ render }: Templates): Partial<Templates> => {
    const seen = new Set<string>();
    return {
      render: async (request, locals) => {
        const { status, bytes } = await render(request, locals);
        const text = Buffer.from(bytes).toString();
        const isFirst = !seen.has(request.url) && seen.add(request.url);
        return { status, bytes: isFirst ? bytes : Buffer.from(text.replace(/<link rel="stylesheet"[^>]*>/g, '')) };
      },
    };
  };
  const broken = (): Partial<Templates> => ({
    render: async () => {
      throw new TypeError('state.createResult is not a function');
    },
  });

  test('fast with the tested Astro, without rendering a page first', async () =>
    expect(await choose(broken)).toEqual({ way: 'fast' }));
  test('fast with another Astro that produces the same pages', async () =>
    expect(await choose(() => ({}), '99.0.0')).toEqual({ way: 'fast' }));
  test('by Astro itself if a member is missing, and the user is told', async () =>
    expect(await choose(() => ({ missingMember: () => 'FetchState.getProps' }))).toMatchObject({
      way: 'astro',
      notice: expect.stringMatching(/Astro 7.*FetchState\.getProps/),
    }));
  test('if the fast path fails', async () =>
    expect(await choose(broken, '99.0.0')).toMatchObject({ way: 'astro', notice: expect.stringContaining('99.0.0') }));
  test('if it produces another page the second time', async () =>
    expect(await choose(forgetful, '99.0.0')).toMatchObject({ way: 'astro' }));
  test('as requested', async () => {
    expect(await choose(() => ({}), testedAstro, 'astro')).toEqual({ way: 'astro' });
    expect(await choose(broken, '99.0.0', 'fast')).toEqual({ way: 'fast' });
  });
});
