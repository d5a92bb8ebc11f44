/** What a file of the newsroom is, for its form. */
export type FileKind = 'story' | 'page' | 'author' | 'topic' | 'series' | 'site' | 'front' | 'picture';

const kinds: [FileKind, RegExp][] = [
  ['story', /^stories\/.+\.mdx?$/i],
  ['page', /^pages\/[^/]+\.mdx?$/i],
  ['author', /^authors\/[^/]+\.ya?ml$/],
  ['front', /^fronts\/[^/]+\.ya?ml$/],
  ['topic', /^topics\.yaml$/],
  ['series', /^series\.yaml$/],
  ['site', /^site\.yaml$/],
  // The texts of a picture, in a sidecar.
  ['picture', /^(?:stories|pages|authors|pictures)\/.+\.(?:jpe?g|png|webp|avif|gif|svg|tiff?|heic)\.ya?ml$/i],
];

/** The kind of a file, or undefined if the desk does not edit it. @param path relative to `content/` */
export const kindOfPath = (path: string): FileKind | undefined => kinds.find(([, form]) => form.test(path))?.[0];

/** Whether a file is a picture, by its name. @param path relative to `content/` */
export const isPicture = (path: string): boolean => /\.(?:jpe?g|png|webp|avif|gif|svg|tiff?)$/i.test(path);
