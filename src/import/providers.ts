import { isWebAddress } from '../site/link-address.ts';

/** The address of a page, and the name of the site that it is on. */
export interface EmbeddedPage {
  url: string;
  provider: string;
}

/** Sites whose players have other addresses than their pages. The first group of a pattern is the id. */
const players: { pattern: RegExp; page: (id: string, found: RegExpExecArray) => string }[] = [
  {
    pattern: /^https?:\/\/(?:www\.)?(?:youtube(?:-nocookie)?\.com\/(?:embed|v|shorts|live)\/|youtu\.be\/)([\w-]{6,})/i,
    page: (id) => (id === 'videoseries' ? 'https://www.youtube.com/' : `https://www.youtube.com/watch?v=${id}`),
  },
  { pattern: /^https?:\/\/player\.vimeo\.com\/video\/(\d+)/i, page: (id) => `https://vimeo.com/${id}` },
  {
    pattern: /^https?:\/\/(?:www\.)?dailymotion\.com\/embed\/video\/(\w+)/i,
    page: (id) => `https://www.dailymotion.com/video/${id}`,
  },
  {
    pattern: /^https?:\/\/open\.spotify\.com\/embed(?:-podcast)?\/([\w/]+)/i,
    page: (id) => `https://open.spotify.com/${id}`,
  },
  {
    pattern: /^https?:\/\/(?:www\.)?ted\.com\/|^https?:\/\/embed\.ted\.com\/(talks\/\w+)/i,
    page: (id) => `https://www.ted.com/${id ?? ''}`,
  },
  {
    pattern: /^https?:\/\/w\.soundcloud\.com\/player\/?\?(?:.*&)?url=([^&]+)/i,
    page: (id) => decoded(id),
  },
  {
    pattern: /^https?:\/\/(?:www\.)?facebook\.com\/plugins\/\w+\.php\?(?:.*&)?href=([^&]+)/i,
    page: (id) => decoded(id),
  },
  {
    // A service that encloses the players of others, such as in Medium's exports.
    pattern: /^https?:\/\/cdn\.embedly\.com\/widgets\/media\.html\?(?:.*&)?url=([^&]+)/i,
    page: (id) => decoded(id),
  },
  {
    pattern: /^https?:\/\/(?:www\.)?instagram\.com\/((?:p|reel|tv)\/[\w-]+)/i,
    page: (id) => `https://www.instagram.com/${id}/`,
  },
  {
    pattern: /^https?:\/\/platform\.twitter\.com\/embed\/[^?]*\?(?:.*&)?id=(\d+)/i,
    page: (id) => `https://twitter.com/i/status/${id}`,
  },
];

const names: [RegExp, string][] = [
  [/(?:^|\.)youtube(?:-nocookie)?\.com$|^youtu\.be$/, 'YouTube'],
  [/(?:^|\.)vimeo\.com$/, 'Vimeo'],
  [/(?:^|\.)(?:twitter|x)\.com$/, 'X'],
  [/(?:^|\.)instagram\.com$/, 'Instagram'],
  [/(?:^|\.)facebook\.com$|^fb\.watch$/, 'Facebook'],
  [/(?:^|\.)tiktok\.com$/, 'TikTok'],
  [/(?:^|\.)spotify\.com$/, 'Spotify'],
  [/(?:^|\.)soundcloud\.com$/, 'SoundCloud'],
  [/(?:^|\.)dailymotion\.com$/, 'Dailymotion'],
  [/(?:^|\.)ted\.com$/, 'TED'],
  [/(?:^|\.)flickr\.com$/, 'Flickr'],
  [/(?:^|\.)bsky\.app$/, 'Bluesky'],
  [/(?:^|\.)threads\.net$/, 'Threads'],
  [/(?:^|\.)reddit\.com$/, 'Reddit'],
  [/(?:^|\.)ted\.com$/, 'TED'],
  [/(?:^|\.)scribd\.com$/, 'Scribd'],
  [/(?:^|\.)slideshare\.net$/, 'SlideShare'],
  [/(?:^|\.)issuu\.com$/, 'Issuu'],
  [/(?:^|\.)datawrapper\.de$|^datawrapper\.dwcdn\.net$/, 'Datawrapper'],
  [/(?:^|\.)flourish\.studio$|^flo\.uri\.sh$/, 'Flourish'],
  [/(?:^|\.)infogram\.com$/, 'Infogram'],
  [/(?:^|\.)documentcloud\.org$/, 'DocumentCloud'],
  [/(?:^|\.)wordpress\.tv$/, 'WordPress.tv'],
  [/(?:^|\.)giphy\.com$/, 'GIPHY'],
  [/(?:^|\.)kickstarter\.com$/, 'Kickstarter'],
  [/(?:^|\.)mixcloud\.com$/, 'Mixcloud'],
  [/(?:^|\.)imgur\.com$/, 'Imgur'],
  [/(?:^|\.)pinterest\.[a-z.]+$/, 'Pinterest'],
  [/(?:^|\.)archive\.org$/, 'Internet Archive'],
];

/** The page that a player or frame shows. @returns undefined if the address is not that of another site */
export function embeddedPage(written: string): EmbeddedPage | undefined {
  const bare = written.replace(/[\p{Cc}\s]+/gu, '').replace(/^\/\//, 'https://');
  let url = bare;
  for (const { pattern, page } of players) {
    const found = pattern.exec(bare);
    if (found?.[1] !== undefined) {
      url = page(found[1], found);
      break;
    }
  }
  if (!isWebAddress(url)) return undefined;
  const { host } = new URL(url);
  const name = names.find(([pattern]) => pattern.test(host))?.[1];
  return { url, provider: name ?? host.replace(/^www\./, '') };
}

/** Whether a site is one whose bare address WordPress turns into a player. */
export const isKnownProvider = (url: string): boolean =>
  URL.canParse(url) && names.some(([pattern]) => pattern.test(new URL(url).host));

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
