import type { SourceKind } from './source.ts';
import { backup, entry } from './sources/blogger/blogger.fixture.ts';
import { docxOf, p } from './sources/docx/docx.fixture.ts';
import { exportOf, post as ghostPost } from './sources/ghost/ghost.fixture.ts';
import { page } from './sources/medium/medium.fixture.ts';
import { odtOf, p as odtP } from './sources/odt/odt.fixture.ts';
import { list, row } from './sources/substack/substack.fixture.ts';
import { post, wxr } from './sources/wordpress/wxr.fixture.ts';
import { md } from './statements/proof.fixture.ts';

/** What is peculiar about the second item of an archive. The first one is as it should be. */
export interface Item {
  title?: string;
  /** The text: HTML, or what the source has instead. */
  text?: string;
  date?: string;
  author?: string;
  id?: string;
}

/** The files of an archive with two items. */
export interface Archive {
  files: Record<string, string | Uint8Array>;
  /** The file that has the second item. */
  bad: string;
}

const prose =
  'The harbour reopened on Tuesday after the longest closure in its history, the port authority said on Monday.';
const good = { title: 'The calm' };
const defaults = { title: 'The storm', text: `<p>${prose}</p>`, date: '2019-05-04', author: 'Ann Lee', id: '2' };
const withDefaults = (item: Item) => ({ ...defaults, ...item });

/** How each source says what an item is. @param head a document type, for XML */
export const archives: Record<SourceKind, (item: Item, head?: string) => Archive> = {
  markdown: (item) => {
    const { title, text, date, author, id } = withDefaults(item);
    const head = `title: ${title}\ndate: ${date}\nauthor: ${author}\nid: x${id}`;
    return {
      files: { 'good.md': md(`title: The calm\ndate: 2019-05-03\nid: x1`, prose), 'bad.md': md(head, text) },
      bad: 'bad.md',
    };
  },
  wordpress: (item, head = '') => {
    const { title, text, date, author, id } = withDefaults(item);
    const when = `${date} 10:00:00`;
    const bad = post({
      id: Number(id),
      title: 'TITLE',
      slug: 'storm',
      content: text,
      date: when,
      creator: author === '' ? '' : 'ann.lee',
    });
    const xml = wxr(post({ id: 1, title: good.title }) + bad).replace('TITLE', title);
    return { files: { 'export.xml': xml.replace('<rss', `${head}<rss`) }, bad: 'export.xml' };
  },
  ghost: (item) => {
    const { title, text, date, author, id } = withDefaults(item);
    const bad = ghostPost({
      id,
      title,
      slug: 'storm',
      html: text,
      published_at: `${date}T10:00:00.000Z`,
      author_id: author === '' ? 'u9' : 'u1',
    });
    return {
      files: { 'export.json': exportOf({ posts: [ghostPost({ id: '1', title: good.title, slug: 'calm' }), bad] }) },
      bad: 'export.json',
    };
  },
  substack: (item) => {
    const { title, text, date, id } = withDefaults(item);
    const rows = list(
      row({ id: '1.calm', title: good.title }),
      row({ id: `${id}.storm`, title, date: `${date}T10:00:00.000Z` }),
    );
    const name = `posts/${id}.storm.html`;
    return { files: { 'posts.csv': rows, 'posts/1.calm.html': `<p>${prose}</p>`, [name]: text }, bad: name };
  },
  medium: (item) => {
    const { title, text, date, author, id } = withDefaults(item);
    const ids = { '1': '52496cb74be1', '2': '52496cb74be2' } as Record<string, string>;
    const calm = page({ title: good.title, id: ids['1'] });
    const bad = page({ title, id: ids[id], body: text, date: `${date}T10:00:00.000Z`, author });
    return {
      files: { 'posts/2019-05-03_calm-52496cb74be1.html': calm, 'posts/storm.html': bad },
      bad: 'posts/storm.html',
    };
  },
  blogger: (item, head = '') => {
    const { title, text, date, author, id } = withDefaults(item);
    const xml = backup(
      entry({ id: '1', title: good.title, link: 'http://tides.blogspot.com/2009/01/calm.html' }),
      entry({ id, title: 'TITLE', content: text, date: `${date}T10:00:00.000Z`, updated: '', author }),
    );
    return { files: { 'blog.xml': xml.replace('TITLE', title).replace('<feed', `${head}<feed`) }, bad: 'blog.xml' };
  },
  docx: (item, head = '') => {
    const { title, text, date, author } = withDefaults(item);
    const own = text.startsWith('<w:') ? text : p(text.replace(/<[^>]*>/g, ''));
    const body = p(title) + (author === '' ? '' : p(`By ${author}`)) + p(date) + p(prose) + own;
    const bad = docxOf({ body: head + body });
    return {
      files: { 'good.docx': docxOf({ body: p(good.title) + p('2019-05-03') + p(prose) }), 'bad.docx': bad },
      bad: 'bad.docx',
    };
  },
  odt: (item, head = '') => {
    const { title, text, date, author } = withDefaults(item);
    const own = text.startsWith('<text:') ? text : odtP(text.replace(/<[^>]*>/g, ''));
    const body = head + odtP(title) + (author === '' ? '' : odtP(`By ${author}`)) + odtP(date) + odtP(prose) + own;
    return {
      files: { 'good.odt': odtOf(odtP(good.title) + odtP('2019-05-03') + odtP(prose)), 'bad.odt': odtOf(body) },
      bad: 'bad.odt',
    };
  },
  html: (item) => {
    const { title, text, date, author } = withDefaults(item);
    const html = (head: string, day: string, by: string, body: string) =>
      `<!doctype html><html><head><title>${head}</title><meta property="article:published_time" content="${day}"></head><body><article><h1>${head}</h1>${by === '' ? '' : `<p>By ${by}</p>`}<p>${prose}</p><p>${prose}</p>${body}</article></body></html>`;
    return {
      files: { 'good.html': html(good.title, '2019-05-03', '', ''), 'bad.html': html(title, date, author, text) },
      bad: 'bad.html',
    };
  },
  gdoc: (item) => {
    const { title, text, date, author } = withDefaults(item);
    const html = (head: string, day: string, by: string, body: string) =>
      `<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type"><style type="text/css">.c1{font-weight:700}</style></head><body class="c0 doc-content"><h1><span class="c1">${head}</span></h1>${by === '' ? '' : `<p><span>By ${by}</span></p>`}<p><span>${day}</span></p><p><span>${prose}</span></p>${body}</body></html>`;
    return {
      files: { 'good.html': html(good.title, '2019-05-03', '', ''), 'bad.html': html(title, date, author, text) },
      bad: 'bad.html',
    };
  },
  text: (item) => {
    const { title, text, date, author } = withDefaults(item);
    const lines = [title, author === '' ? '' : `By ${author}`, date, prose, text.replace(/<[^>]*>/g, '')];
    return {
      files: {
        'good.txt': `${good.title}\n\n2019-05-03\n\n${prose}\n`,
        'bad.txt': `${lines.filter(Boolean).join('\n\n')}\n`,
      },
      bad: 'bad.txt',
    };
  },
  ninjs: (item) => {
    const { title, text, date, author, id } = withDefaults(item);
    const json = (uri: string, head: string, day: string, value: string, by = '') =>
      JSON.stringify({
        ...{ uri: `urn:x:${uri}`, standard: { name: 'ninjs', version: '2.1' }, headlines: [{ value: head }], by },
        ...{ bodies: [{ role: 'main', contenttype: 'text/html', value }], versioncreated: day },
      });
    const bad = json(id, title, `${date}T10:00:00Z`, text, author);
    return {
      files: { 'good.json': json('1', good.title, '2019-05-03T10:00:00Z', `<p>${prose}</p>`), 'bad.json': bad },
      bad: 'bad.json',
    };
  },
  newsml: (item, head = '') => {
    const { title, text, date, author, id } = withDefaults(item);
    const xml = (guid: string, headline: string, day: string, body: string, by: string) =>
      `<?xml version="1.0" encoding="UTF-8"?>${guid === '1' ? '' : head}<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:${guid}" version="1"><itemMeta><itemClass qcode="ninat:text"/><versionCreated>${day}T10:00:00Z</versionCreated></itemMeta><contentMeta>${by === '' ? '' : `<by>${by}</by>`}<headline>${headline}</headline></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>${body}</body></html></inlineXML></contentSet></newsItem>`;
    return {
      files: {
        'good.xml': xml('1', good.title, '2019-05-03', `<p>${prose}</p>`, ''),
        'bad.xml': xml(id, title, date, text, author),
      },
      bad: 'bad.xml',
    };
  },
};
