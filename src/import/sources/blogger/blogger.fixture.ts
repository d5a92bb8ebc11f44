import { expect } from 'vitest';
import { escapeText } from '../../../site/markup.ts';
import { importFiles } from '../files/import-files.fixture.ts';

interface Entry {
  id?: string;
  kind?: string;
  title?: string;
  content?: string;
  date?: string;
  updated?: string;
  author?: string;
  labels?: string[];
  link?: string;
  more?: string;
}

/** An entry of a backup, as Blogger wrote them until 2024. */
export function entry({
  id = '100',
  kind = 'post',
  title = 'The storm',
  content = 'Text.',
  date = '2009-01-07T02:27:00.000-08:00',
  updated = '2009-01-07T02:27:44.000-08:00',
  author = 'Ann Lee',
  labels = [],
  link = 'http://tides.blogspot.com/2009/01/storm.html',
  more = '',
}: Entry = {}): string {
  return `<entry><id>tag:blogger.com,1999:blog-1.post-${id}</id><published>${date}</published><updated>${updated}</updated><category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#${kind}'/>${labels.map((label) => `<category scheme='http://www.blogger.com/atom/ns#' term='${escapeText(label)}'/>`).join('')}<title type='text'>${escapeText(title)}</title><content type='html'>${escapeText(content)}</content><link rel='replies' type='application/atom+xml' href='http://tides.blogspot.com/feeds/1/comments/default'/><link rel='edit' type='application/atom+xml' href='http://www.blogger.com/feeds/1/posts/default/${id}'/>${link === '' ? '' : `<link rel='alternate' type='text/html' href='${link}' title='x'/>`}<author><name>${author}</name><uri>http://www.blogger.com/profile/1</uri><email>noreply@blogger.com</email><gd:image rel='http://schemas.google.com/g/2005#thumbnail' width='16' height='16' src='x.gif'/></author>${more}<thr:total>0</thr:total></entry>`;
}

/** A setting of the blog, as old backups have it. */
export const setting = (name: string, value: string): string =>
  `<entry><id>tag:blogger.com,1999:blog-1.settings.${name}</id><published>2009-01-07T02:27:00.000-08:00</published><category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#settings'/><title type='text'>x</title><content type='text'>${value}</content></entry>`;

export const backup = (...entries: string[]): string =>
  `<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href="http://www.blogger.com/styles/atom.css" type="text/css"?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/' xmlns:gd='http://schemas.google.com/g/2005' xmlns:thr='http://purl.org/syndication/thread/1.0'><id>tag:blogger.com,1999:blog-1.archive</id><updated>2015-11-13T05:28:35.430-08:00</updated><title type='text'>Tides</title><generator version='7.00' uri='http://www.blogger.com'>Blogger</generator>${entries.join('')}</feed>`;

interface Taken extends Entry {
  type?: string;
  status?: string;
  file?: string;
  trashed?: string;
}

/** An entry of a Google Takeout, as Blogger writes them since 2024. */
export const taken = ({
  id = '100',
  type = 'POST',
  status = 'LIVE',
  title = 'The storm',
  content = 'Text.',
  date = '2019-11-09T19:43:00.001Z',
  author = 'Ann Lee',
  labels = [],
  file = '/2019/11/storm.html',
  trashed = '',
  more = '',
}: Taken = {}): string => `
  <entry>
    <id>tag:blogger.com,1999:blog-1.post-${id}</id>
    <blogger:type>${type}</blogger:type>
    <blogger:status>${status}</blogger:status>
    <author>
      <name>${author}</name>
      <uri></uri>
      <blogger:type>BLOGGER</blogger:type>
    </author>
    <title>${escapeText(title)}</title>
    <content type='html'>${escapeText(content)}</content>
    <blogger:metaDescription/>
    <blogger:created>${date}</blogger:created>
    <published>${date}</published>
    <updated>${date}</updated>
    <blogger:location/>
    ${labels.length === 0 ? '<category/>' : labels.map((label) => `<category scheme='tag:blogger.com,1999:blog-1' term='${escapeText(label)}'/>`).join('')}
    <blogger:filename>${file}</blogger:filename>
    <link/>
    <enclosure/>
    <blogger:trashed>${trashed}</blogger:trashed>${more}
  </entry>`;

export const takeout = (...entries: string[]): string =>
  `<?xml version='1.0' encoding='utf-8'?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'>
  <id>tag:blogger.com,1999:blog-1</id>
  <title>Tides</title>${entries.join('')}
</feed>`;

/** Imports a backup, and checks that the sums are right and that a build would succeed. */
export async function importBackup(given: string | Uint8Array | Record<string, string | Uint8Array>, options = {}) {
  const files = typeof given === 'string' || given instanceof Uint8Array ? { 'blog.xml': given } : given;
  const imported = await importFiles('blogger', files, options);
  const { files: sums } = imported.receipt;
  expect(sums.in).toBe(sums.stories + sums.pages + sums.drafts + sums.skipped);
  expect(imported.errors).toEqual([]);
  return imported;
}
