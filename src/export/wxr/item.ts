import { cdata, inAttribute, texted, valued } from './xml.ts';

/** A post, page, or file, as WordPress stores it. Titles and excerpts are HTML. */
export interface WxrItem {
  id: number;
  type: 'post' | 'page' | 'attachment';
  title: string;
  link: string;
  guid: string;
  creator: string;
  content: string;
  excerpt: string;
  /** In the time zone of the site, and in UTC: `2025-02-12 18:00:00`. */
  date: Moment;
  modified: Moment;
  /** For readers of RSS. */
  pubDate: string;
  slug: string;
  status: 'publish' | 'future' | 'draft' | 'private' | 'inherit';
  parent: number;
  /** The address of the file, for an attachment. */
  url?: string;
  terms: Term[];
  meta: [key: string, value: string][];
}

export interface Moment {
  local: string;
  gmt: string;
}

export interface Term {
  taxonomy: string;
  slug: string;
  /** HTML. */
  name: string;
}

/** What WordPress writes for a draft without a date. */
export const noMoment: Moment = { local: '0000-00-00 00:00:00', gmt: '0000-00-00 00:00:00' };

/** An item as XML, with its elements in the order in which WordPress writes them. */
export function itemXml(item: WxrItem): string {
  const isOpen = item.type === 'post' && item.status === 'publish';
  const lines = [
    `<title>${cdata(item.title)}</title>`,
    valued('link', item.link),
    valued('pubDate', item.pubDate),
    texted('dc:creator', item.creator),
    `<guid isPermaLink="false">${cdata(item.guid)}</guid>`,
    '<description></description>',
    texted('content:encoded', item.content),
    texted('excerpt:encoded', item.excerpt),
    valued('wp:post_id', item.id),
    texted('wp:post_date', item.date.local),
    texted('wp:post_date_gmt', item.date.gmt),
    texted('wp:post_modified', item.modified.local),
    texted('wp:post_modified_gmt', item.modified.gmt),
    texted('wp:comment_status', 'closed'),
    texted('wp:ping_status', isOpen ? 'open' : 'closed'),
    texted('wp:post_name', item.slug),
    texted('wp:status', item.status),
    valued('wp:post_parent', item.parent),
    valued('wp:menu_order', 0),
    texted('wp:post_type', item.type),
    texted('wp:post_password', ''),
    valued('wp:is_sticky', 0),
    ...(item.url === undefined ? [] : [texted('wp:attachment_url', item.url)]),
    ...item.terms.map(
      ({ taxonomy, slug, name }) =>
        `<category domain="${inAttribute(taxonomy)}" nicename="${inAttribute(slug)}">${cdata(name)}</category>`,
    ),
    ...item.meta.map(
      ([key, value]) =>
        `<wp:postmeta>\n\t\t\t${texted('wp:meta_key', key)}\n\t\t\t${texted('wp:meta_value', value)}\n\t\t</wp:postmeta>`,
    ),
  ];
  return `\t<item>\n${lines.map((line) => `\t\t${line}\n`).join('')}\t</item>\n`;
}
