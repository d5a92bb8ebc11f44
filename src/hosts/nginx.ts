import { asSeen, exactly, quoted, sentQuery, withoutSlash } from './encode.ts';
import { inOrder } from './lists.ts';
import { brief, feedTypes, type HostModel, type HostRedirect, immutable, manifestType } from './model.ts';
import { assetPattern, privatePattern } from './patterns.ts';

/** Files for the configuration of a server, by name. They are never part of the site. */
export type ServerFiles = Map<string, string>;

/**
 * The configuration for nginx: `http.conf` is included in `http { }`, and `server.conf` in `server { }`. The lists of old
 * addresses are maps, whose size does not matter for the time of a request.
 *
 * @param folder in which the files will be, absolute: nginx resolves an include from its own folder
 * @param hasBrotli whether the nginx has the module for compressed files with the ending `.br`
 */
export function nginxFiles(model: HostModel, folder: string, hasBrotli: boolean): ServerFiles {
  const exact = model.redirects.filter(({ isFolder }) => !isFolder);
  const paths = mapOf(
    model,
    exact.filter(({ query }) => query === undefined),
  );
  const queries = mapOf(
    model,
    exact.filter(({ query }) => query !== undefined),
  );
  const withdrawn = model.withdrawn.map((address) => `${quoted(asSeen(model.base) + asSeen(address))} 1;\n`);
  return new Map([
    ['redirects.map', mark + paths.text],
    ['queries.map', mark + queries.text],
    ['withdrawn.map', mark + withdrawn.join('')],
    ['http.conf', httpConf(model, folder, Math.max(paths.bytesMax, queries.bytesMax))],
    ['server.conf', serverConf(model, hasBrotli)],
  ]);
}

/** The first line of a list. */
const mark = '# Written by `broadsheet host nginx`.\n';

/** nginx reads a word of its configuration into a buffer of 4,096 bytes. */
const wordBytesMax = 4000;

/**
 * The entries of the map from old addresses to new ones. nginx ignores letter case when it looks for a key, so a value
 * contains each old address exactly, with its target: tab, old address, tab, target. A regular expression in `http.conf`
 * takes the target of the one that was requested, or none. So `/Harbour/` can lead to `/harbour/` without a loop.
 *
 * A `$` in a value would begin a variable. So an old address with one is a regular expression of its own.
 */
function mapOf({ base }: HostModel, redirects: readonly HostRedirect[]): { text: string; bytesMax: number } {
  const byKey = new Map<string, Map<string, string>>();
  const lines: string[] = [];
  for (const { from, query, href, status } of redirects) {
    const path = withoutSlash(asSeen(base) + asSeen(from));
    // The query of a request is added to its target, unless it is what distinguishes the old address.
    const old = query === undefined ? path : `${path}?${sentQuery(query)}`;
    const target = `${status}${query === undefined && !/[?#]/.test(href) ? '+' : '='}${href}`;
    const key = old.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    if (old.includes('$') || Buffer.byteLength(`${old}${target}`) > wordBytesMax) lines.push(exactLine(old, target));
    else {
      const entries = byKey.get(key) ?? new Map<string, string>();
      if (!entries.has(old)) entries.set(old, target);
      byKey.set(key, entries);
    }
  }
  let bytesMax = 0;
  for (const [key, entries] of byKey) {
    const value = [...entries].map(([old, target]) => `\t${old}\t${target}`).join('');
    if (Buffer.byteLength(value) > wordBytesMax) {
      for (const [old, target] of entries) lines.push(exactLine(old, target));
      continue;
    }
    bytesMax = Math.max(bytesMax, Buffer.byteLength(key));
    lines.push(`${quoted(key)} ${quoted(value).replaceAll('\t', '\\t')};\n`);
  }
  return { text: lines.join(''), bytesMax };
}

/** An entry that only this address matches. Too long a word would stop nginx, so such an address is left out. */
function exactLine(old: string, target: string): string {
  const key = `"~^${exactly(old)}$"`;
  const value = `"\\t*\\t${target}"`;
  return Buffer.byteLength(key) > wordBytesMax || value.length > wordBytesMax ? '' : `${key} ${value};\n`;
}

function httpConf(model: HostModel, folder: string, keyBytesMax: number): string {
  const { base, policy, searchPolicy, ownDocuments, ownAssets, redirects } = model;
  const here = (name: string) => quoted(`${folder}/${name}`);
  const prefix = exactly(asSeen(base));
  const one = (file: string, value: string) => `  ${quoted(asSeen(base) + file)} ${value};\n`;
  // A slot of the table holds at least one key with its length and its address.
  const bucket = Math.max(128, 2 ** Math.ceil(Math.log2(keyBytesMax + 64)));
  return `# Written by \`broadsheet host nginx\`. Include it in http { }.
map_hash_bucket_size ${bucket};
map_hash_max_size ${Math.max(2048, 2 ** Math.ceil(Math.log2(redirects.length + 1)))};

# The address that was requested, without the slash at its end, and the query without what social networks add to it.
map $uri $broadsheet_path {
  "~^(?<broadsheet_bare>.+?)/+$" $broadsheet_bare;
  default $uri;
}
map $args $broadsheet_query {
  "~^(?<broadsheet_own>.*?)(?:(?:^|&)(?:utm_[a-z]+|fbclid|gclid|mc_[a-z]+)=[^&]*)+$" $broadsheet_own;
  default $args;
}
map $broadsheet_path $broadsheet_known {
  include ${here('redirects.map')};
  default "";
}
map "$broadsheet_path?$broadsheet_query" $broadsheet_known_query {
  include ${here('queries.map')};
  default "";
}
# What is known under a name holds each old address with its target. Letter case counts only here.
map "$broadsheet_known\\t\\t$broadsheet_path" $broadsheet_plain {
  "~^(?:\\t[^\\t]+\\t[^\\t]+)*?\\t(?<broadsheet_old>[^\\t]+)\\t(?<broadsheet_new>[^\\t]+)(?:\\t[^\\t]+\\t[^\\t]+)*\\t\\t\\k<broadsheet_old>\\z" $broadsheet_new;
  "~^\\t\\x2a\\t(?<broadsheet_single>[^\\t]+)\\t\\t" $broadsheet_single;
  default "";
}
map "$broadsheet_known_query\\t\\t$broadsheet_path?$broadsheet_query" $broadsheet_asked {
  "~^(?:\\t[^\\t]+\\t[^\\t]+)*?\\t(?<broadsheet_old_q>[^\\t]+)\\t(?<broadsheet_new_q>[^\\t]+)(?:\\t[^\\t]+\\t[^\\t]+)*\\t\\t\\k<broadsheet_old_q>\\z" $broadsheet_new_q;
  "~^\\t\\x2a\\t(?<broadsheet_single_q>[^\\t]+)\\t\\t" $broadsheet_single_q;
  default $broadsheet_plain;
}
${[301, 302]
  .map(
    (status) => `map $broadsheet_asked $broadsheet_${status} {
  "~^${status}=(?<broadsheet_whole_${status}>.+)$" $broadsheet_whole_${status};
  "~^${status}\\+(?<broadsheet_short_${status}>.+)$" $broadsheet_short_${status}$is_args$args;
  default "";
}
`,
  )
  .join('')}map $uri $broadsheet_withdrawn {
  include ${here('withdrawn.map')};
  default "";
}
map $uri $broadsheet_cache {
${ownAssets.map((file) => one(file, quoted(brief))).join('')}  "~^${prefix}${assetPattern}" ${quoted(immutable)};
  default ${quoted(brief)};
}
map $uri $broadsheet_own {
${ownDocuments.map((file) => one(file, '1')).join('')}  default "";
}
map $uri $broadsheet_search {
${searchPolicy === undefined ? '' : `${one('/search/index.html', '"search "')}${one('/search/', '"search "')}`}  default "";
}
map "$broadsheet_own$broadsheet_search$sent_http_content_type" $broadsheet_policy {
${searchPolicy === undefined ? '' : `  "~^search text/html" ${quoted(searchPolicy)};\n`}${policy === undefined ? '' : `  "~^text/html" ${quoted(policy)};\n`}  default "";
}
`;
}

function serverConf(model: HostModel, hasBrotli: boolean): string {
  const { base, headers, withdrawn, redirects } = model;
  const prefix = exactly(asSeen(base));
  const folders = inOrder(redirects).filter(({ isFolder }) => isFolder);
  return `# Written by \`broadsheet host nginx\`. Include it in server { }, after root.
index index.html;
charset utf-8;
charset_types text/css text/xml text/plain application/rss+xml application/atom+xml application/feed+json application/json image/svg+xml;
absolute_redirect off;
gzip_static on;
gzip_vary on;
${hasBrotli ? 'brotli_static on;\n' : ''}error_page 404 ${quoted(`${asSeen(base)}/404.html`)};
${headers.map(([name, value]) => `add_header ${name} ${quoted(value)} always;\n`).join('')}add_header Content-Security-Policy $broadsheet_policy always;
add_header Cache-Control $broadsheet_cache;
${[301, 302].map((status) => `if ($broadsheet_${status}) {\n  return ${status} $broadsheet_${status};\n}\n`).join('')}${withdrawn.length > 0 ? goneRule : ''}location ~ "${private_(prefix)}" {
  return 404;
}
${feedTypes.map(([name, type]) => `location ~ "^${prefix}/(?:[^/]+/)*${exactly(name)}$" {\n  types { }\n  default_type "${type.replace(/;.*/, '')}";\n}\n`).join('')}location ~ "\\.webmanifest$" {
  types { }
  default_type "${manifestType}";
}
location ~ "\\.avif$" {
  types { }
  default_type image/avif;
}
${folders.map((one, at) => folderRule(model, one, at)).join('')}`;
}

/** The pattern of private files below the path of the site. */
const private_ = (prefix: string): string =>
  privatePattern.replaceAll('(?:^|/)', '/').replace('|^(?:', `|^${prefix}/(?:`);

/** The body of the response is the page at the address, which says when and why the story was withdrawn. */
const goneRule = `if ($broadsheet_withdrawn) {
  return 410;
}
error_page 410 @broadsheet_withdrawn;
location @broadsheet_withdrawn {
  try_files \${uri}index.html =410;
}
`;

/** Files come first: a folder redirects only what is not there. */
function folderRule({ base }: HostModel, { from, href, status, keepsRest }: HostRedirect, at: number): string {
  const path = asSeen(base) + asSeen(from);
  const kind = status === 301 ? 'permanent' : 'redirect';
  return `location ^~ ${quoted(path)} {
  try_files $uri \${uri}index.html $uri/ @broadsheet_folder_${at};
}
location @broadsheet_folder_${at} {
  rewrite "^${exactly(path)}(.*)$" "${href}${keepsRest ? '$1' : ''}" ${kind};
}
`;
}
