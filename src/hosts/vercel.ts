import { asSeen, encodedPath } from './encode.ts';
import { headerRules, inOrder } from './lists.ts';
import { feedTypes, type HostModel, type HostRedirect } from './model.ts';

/** Vercel refuses a deployment with more routes than 2,048. The rest is for headers. */
const redirectsMax = 2000;

/** `vercel.json`. Redirects beyond the limit of the host only have their pages. Vercel cannot respond with 410. */
export function vercelFile(model: HostModel): string {
  const redirects = inOrder(model.redirects)
    .filter(({ isOverPages }) => !isOverPages)
    .slice(0, redirectsMax)
    .map((one) => entryOf(model, one));
  return json({
    $schema: 'https://openapi.vercel.sh/vercel.json',
    trailingSlash: true,
    headers: headerRules(model)
      .filter(({ headers }) => headers.length > 0)
      .map(({ path, headers }) => ({
        source: path.split('*').map(plain).join('(.*)'),
        headers: headers.map(([key, value]) => ({ key, value })),
      })),
    redirects,
  });
}

function entryOf({ base }: HostModel, { from, query, href, status, isFolder, keepsRest }: HostRedirect) {
  const path = plain(base + encodedPath(from));
  return {
    source: isFolder ? `${path}:rest(.*)` : path,
    ...(query === undefined
      ? {}
      : {
          has: [...new URLSearchParams(query)].map(([key, value]) => ({ type: 'query', key, value: literal(value) })),
        }),
    destination: keepsRest ? `${plain(href)}:rest` : plain(href),
    statusCode: status,
  };
}

/** Text without a meaning in the patterns of path-to-regexp, which Vercel uses for sources and destinations. */
const plain = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|:!=]/g, '\\$&').replace(/^https?\\:/, unescaped);
const unescaped = (scheme: string): string => scheme.replace('\\', '');

/** The value of a parameter is a regular expression. */
const literal = (value: string): string => value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** `staticwebapp.config.json`. Azure refuses a file of more than 20 KB. Redirects beyond that only have their pages. */
export function azureFile(model: HostModel): string {
  const { base, sections } = model;
  const [everywhere, ...others] = headerRules(model);
  const routes: object[] = [];
  const file = () => ({
    trailingSlash: 'auto',
    globalHeaders: Object.fromEntries(everywhere?.headers ?? []),
    mimeTypes: { '.avif': 'image/avif', '.woff2': 'font/woff2', '.webmanifest': 'application/manifest+json' },
    responseOverrides: { 404: { rewrite: `${base}/404.html` } },
    routes,
  });
  // A wildcard can only be at the end.
  for (const { path, headers } of others)
    if (headers.length > 0 && /^[^*]*\*?$/.test(path))
      routes.push({ route: path, headers: Object.fromEntries(headers) });
  // So the feeds of sections are named one by one.
  for (const [name, type] of feedTypes)
    for (const id of sections)
      routes.push({ route: `${base}${encodedPath(`/${id}/${name}`)}`, headers: { 'Content-Type': type } });
  let bytes = json(file()).length;
  for (const one of inOrder(model.redirects)) {
    const route = routeOf(base, one);
    if (route === undefined) continue;
    bytes += Buffer.byteLength(JSON.stringify(route, null, 2)) + 80;
    if (bytes > azureBytesMax) break;
    routes.push(route);
  }
  return json(file());
}

const azureBytesMax = 20_000;

/** Azure compares neither queries nor anything but the end with a pattern. */
function routeOf(base: string, { from, query, href, status, isFolder, keepsRest, isOverPages }: HostRedirect) {
  if (query !== undefined || isOverPages || keepsRest || asSeen(from).includes('*')) return undefined;
  return { route: `${base}${encodedPath(from)}${isFolder ? '*' : ''}`, redirect: href, statusCode: status };
}

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
