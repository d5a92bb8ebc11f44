/* The paths of the files of a newsroom, newsroom-relative. */

export const siteFile = 'content/site.yaml';
export const topicsFile = 'content/topics.yaml';
export const seriesFile = 'content/series.yaml';
/** `home`, or the id of a section. */
export const frontFile = /^content\/fronts\/([^/]+)\.ya?ml$/;
export const authorFile = /^content\/authors\/([^/]+)\.ya?ml$/;
export const pageFile = /^content\/pages\/([^/]+)\.mdx?$/i;
export const storyFile = /^content\/stories\/.+\.mdx?$/i;
