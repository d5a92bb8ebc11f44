import { expect } from 'vitest';
import { importFiles } from '../files/import-files.fixture.ts';

interface Post {
  title?: string;
  subtitle?: string;
  /** The text, without its title. */
  body?: string;
  /** As in the text. '' for a text without a title. */
  heading?: string;
  date?: string;
  author?: string;
  id?: string;
  canonical?: string;
  tags?: string[];
}

/** A page of an export, as Medium writes it. */
export function page({
  title = 'The storm',
  subtitle = '',
  body = '<p name="a1" id="a1" class="graf graf--p graf-after--h3">Text.</p>',
  heading = `<h3 name="b1ca" id="b1ca" class="graf graf--h3 graf--leading graf--title">${title}</h3>`,
  date = '2016-01-13T17:04:08.582Z',
  author = 'Ann Lee',
  id = '52496cb74beb',
  canonical = `https://medium.com/@ann/the-storm-${id}`,
  tags = [],
}: Post = {}): string {
  const by = `By <a href="https://medium.com/@ann" class="p-author h-card">${author}</a> on <a href="https://medium.com/p/${id}"><time class="dt-published" datetime="${date}">January 13, 2016</time></a>.`;
  return `<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>${title}</title><style>
      section[data-field=subtitle], section[data-field=description] { display: none; }
      </style></head><body><article class="h-entry">
<header>
<h1 class="p-name">${title}</h1>
</header>
<section data-field="subtitle" class="p-summary">
${subtitle}
</section>
<section data-field="body" class="e-content">
<section name="4128" class="section section--body section--first"><div class="section-divider"><hr class="section-divider"></div><div class="section-content"><div class="section-inner sectionLayout--insetColumn">${heading}${body}</div></div></section>
</section>
<footer>${date === '' ? '' : `<p>${by}</p><p><a href="${canonical}" class="p-canonical">Canonical link</a></p>`}${tags.length > 0 ? `<p>Tagged in ${tags.map((tag) => `<a class="p-tag" href="https://medium.com/tag/x">${tag}</a>`).join(', ')}</p>` : ''}<p>Exported from <a href="https://medium.com">Medium</a> on January 21, 2025.</p></footer></article></body></html>`;
}

export const fileOf = (id = '52496cb74beb', name = '2016-01-13_The-storm'): string => `posts/${name}-${id}.html`;

/** Imports an export, and checks that the sums are right and that a build would succeed. */
export async function importExport(files: Record<string, string | Uint8Array>, options = {}) {
  const imported = await importFiles('medium', files, options);
  const { files: sums } = imported.receipt;
  expect(sums.in).toBe(sums.stories + sums.pages + sums.drafts + sums.skipped);
  expect(imported.errors).toEqual([]);
  return imported;
}

/** Imports one post with a text. */
export const importText = async (body: string) => await importExport({ [fileOf()]: page({ body }) });
