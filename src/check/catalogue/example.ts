import type { Rule } from '../../problems/rules.ts';

/* What a rule means, with files that break it and files that keep it. The catalogue's test tries them all. */

/** A rule as the manual explains it. */
export type Entry = Explained & (Shown | Proven);

interface Explained {
  severity: 'error' | 'warning';
  /** What is wrong, why it matters, and the exceptions, in a few sentences. */
  means: string;
}

interface Shown {
  /** Causes exactly this problem, and any problem that always comes with it. */
  wrong: Example;
  besides?: Rule[];
  /** Causes no problem. */
  right: Example;
}

/** A rule that no file of a newsroom can break by itself: a full disk, a file saved at the wrong moment. */
interface Proven {
  /** The test that names the rule, from the repository's root. */
  test: string;
}

/** Files of a newsroom, by path. */
export type Example = Record<string, Content>;

/** Text; a story or page by what it adds to an ordinary one; lines that follow an ordinary site.yaml; a picture. */
export type Content =
  | string
  | { front?: string; body?: string }
  | { site: string }
  | { picture: PictureKind }
  | { linkTo: string };

/** Pictures that the test makes. */
export type PictureKind = keyof typeof pictureKinds;

/** How the manual describes them. */
export const pictureKinds = {
  jpeg: 'a JPEG',
  'other-jpeg': 'a JPEG',
  empty: 'a file of 0 bytes',
  truncated: 'the first half of a JPEG',
  'web-page': 'a web page that was saved under the name of a picture',
  heic: 'a photo in the HEIC format',
  huge: 'a picture of 20,000 × 20,000 pixels',
  'many-frames': 'an animation of 10,000 frames',
  'with-archive': 'a JPEG with a zip archive appended to it',
  'with-long-xmp': 'a picture with more than 2 MB of XMP metadata',
} as const;

export const ferry = 'content/stories/2025/03/ferry.md';
export const ferryMdx = 'content/stories/2025/03/ferry.mdx';
export const inFolder = 'content/stories/2025/03/ferry/index.md';
export const inFolderMdx = 'content/stories/2025/03/ferry/index.mdx';
export const photo = 'content/stories/2025/03/ferry/photo.jpg';
export const siteYaml = 'content/site.yaml';

/** A Markdown story with this text. */
export const md = (body: string): Example => ({ [ferry]: { body } });
/** A story with components. */
export const mdx = (body: string): Example => ({ [ferryMdx]: { body } });
/** A story with these lines in its front matter. */
export const front = (lines: string): Example => ({ [ferry]: { front: lines } });
/** An ordinary site.yaml with these lines added. */
export const site = (lines: string): Example => ({ [siteYaml]: { site: lines } });
/** A story with this text and a photo beside it. */
export const withPhoto = (body: string, picture: PictureKind = 'jpeg'): Example => ({
  [inFolder]: { body },
  [photo]: { picture },
});
/** The same with components. */
export const withPhotoMdx = (body: string): Example => ({ [inFolderMdx]: { body }, [photo]: { picture: 'jpeg' } });
/** A story that prints a table from a file. */
export const withTable = (csv: string): Example => ({
  [inFolderMdx]: { body: '<Table src="berths.csv" caption="Berths" />' },
  'content/stories/2025/03/ferry/berths.csv': csv,
});
