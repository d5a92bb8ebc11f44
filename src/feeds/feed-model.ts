import type { FeedFormat } from '../site/address.ts';
import type { Site } from '../site/site.ts';
import type { FeedItem } from './item.ts';
import type { Moment } from './moment.ts';

/** A feed, whatever its format. */
export interface Feed {
  site: Site;
  /** A tag URI. */
  id: string;
  title: string;
  description: string;
  /** The complete address of the page that it is the feed of. */
  page: string;
  /** Its own complete address. */
  self: string;
  /** Its complete addresses in all formats, with its own. */
  formats: { format: FeedFormat; url: string }[];
  /** The path of its style sheet, for people who open it in a browser. */
  style: string;
  /** The complete address of a picture that stands for the paper. */
  icon: string;
  /** When something in it last changed. No date in a feed comes from the clock, so the same stories make the same bytes. */
  updated: Moment;
  items: FeedItem[];
  archive?: Archive | undefined;
}

/** The place of a document among the archive documents of a feed (RFC 5005), by complete addresses. */
export interface Archive {
  /** The feed itself, if this is an archive document. */
  current?: string | undefined;
  older?: string | undefined;
  newer?: string | undefined;
}
