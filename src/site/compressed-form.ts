/* Compressed forms of files, such as `page.html.br`, which some web servers send in their place. */

/** Pictures, fonts of the web, and archives are compressed already. */
const compressible =
  /\.(?:html?|css|m?js|json|map|xml|rss|atom|xsl|txt|md|csv|ics|vtt|svg|webmanifest|wasm|ttf|otf|geojson)$/i;

/** Whether a file gets compressed forms, such as `page.html.br`, if a target has them. */
export const isCompressible = (path: string): boolean => compressible.test(path);

/** The path of the file of which this is a compressed form, or undefined. */
export function fileOfForm(path: string): string | undefined {
  const [, file] = /^(.+)\.(?:br|gz)$/.exec(path) ?? [];
  return file !== undefined && isCompressible(file) ? file : undefined;
}
