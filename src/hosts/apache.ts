import { asSeen, exactly, quoted, sentQuery, withoutSlash } from './encode.ts';
import { inOrder } from './lists.ts';
import { brief, feedTypes, type HostModel, type HostRedirect, immutable, manifestType } from './model.ts';
import { assetPattern, privatePattern } from './patterns.ts';

/**
 * Apache reads `.htaccess` again for every request, so it has only so many redirects. The others have pages. A server
 * whose configuration you can write can have them all: see docs/hosting/apache.md.
 */
export const redirectsMax = 1000;

/** `.htaccess` for the folder of the site. Every part is skipped if the host does not have the module for it. */
export function htaccessFile(model: HostModel): string {
  const { base, headers, policy, withdrawn, redirects } = model;
  const listed = inOrder(redirects);
  const exact = listed.filter(({ isFolder }) => !isFolder);
  const folders = listed.filter(({ isFolder }) => isFolder);
  return `# Written by Broadsheet. Every build writes it again. Put your own .htaccess into public/ to replace it.
DirectoryIndex index.html
ErrorDocument 404 ${base}/404.html
AddDefaultCharset utf-8
<IfModule mod_mime.c>
  AddCharset utf-8 .css .xml .svg .txt .json .webmanifest
  AddType ${manifestType} .webmanifest
  AddType image/avif .avif
  AddType image/webp .webp
  AddType font/woff2 .woff2
  RemoveType .br .gz
  AddEncoding br .br
  AddEncoding gzip .gz
</IfModule>
${feedTypes.map(([name, type]) => `<FilesMatch "^${exactly(name)}(?:\\.br|\\.gz)?$">\n  ForceType "${type}"\n</FilesMatch>\n`).join('')}<IfModule mod_headers.c>
${headers.map(([name, value]) => `  Header always set ${name} ${headerValue(value)}\n`).join('')}${policy === undefined ? '' : policyLine(model, policy)}  Header set Cache-Control ${quoted(brief)} "expr=%{REQUEST_STATUS} -lt 400"
  Header set Cache-Control ${quoted(immutable)} "expr=%{REQUEST_STATUS} -lt 400 && %{REQUEST_URI} =~ m#^${exactly(asSeen(base))}${assetPattern.replace(/\$$/, sentEnding)}# && %{REQUEST_URI} !~ m#${eitherOf(model, model.ownAssets)}#"
  Header append Vary Accept-Encoding
</IfModule>
<IfModule mod_rewrite.c>
  RewriteEngine On
${withdrawn.length > 0 ? goneLines(model) : ''}${exact.slice(0, redirectsMax).map(ruleOf).join('')}  RewriteRule "${privatePattern}" - [R=404,L]
${folders.map(folderRule).join('')}${precompressed}</IfModule>
`;
}

/** What `Header` sends: `%` begins a variable. */
const headerValue = (value: string): string => quoted(value.replaceAll('%', '%%'));

/** Pages of the site, but not documents of the newsroom in public/. */
function policyLine(model: HostModel, policy: string): string {
  const isOurs = `%{CONTENT_TYPE} =~ m#^text/html# && %{REQUEST_URI} !~ m#${eitherOf(model, model.ownDocuments)}#`;
  const line = (text: string, more = '') =>
    `  Header always set Content-Security-Policy ${headerValue(text)} "expr=${isOurs}${more}"\n`;
  if (model.searchPolicy === undefined) return line(policy);
  // A second line for the same response would replace the first one, so each has its own pages.
  const search = `m#${eitherOf(model, ['/search/index.html'])}#`;
  return line(policy, ` && %{REQUEST_URI} !~ ${search}`) + line(model.searchPolicy, ` && %{REQUEST_URI} =~ ${search}`);
}

/** The rules below have added an ending by then, if the compressed file is sent. */
const sentEnding = '(?:\\.br|\\.gz)?$';

/** Any of these files, and the address of a folder that shows one. Without files, nothing matches. */
const eitherOf = ({ base }: HostModel, files: readonly string[]): string =>
  files.length === 0
    ? '^$'
    : `^(?:${files.map((file) => exactly(asSeen(base) + file).replace(/index\\x2ehtml$/, '(?:index\\x2ehtml)?')).join('|')})${sentEnding}`;

/** The body of the response is the page at the address, which says when and why the story was withdrawn. */
const goneLines = ({ base, withdrawn }: HostModel): string =>
  `${withdrawn
    .map(
      (address) => `  RewriteCond %{ENV:REDIRECT_STATUS} ^$
  RewriteRule "^(${exactly(asSeen(address).slice(1))})(?:index\\.html)?$" - [G,E=broadsheet_withdrawn:$1]\n`,
    )
    .join('')}  ErrorDocument 410 ${base}/%{reqenv:broadsheet_withdrawn}index.html\n`;

/** A rule sees the path without the slash in front of it, decoded. */
function ruleOf({ from, query, href, status, hasPage }: HostRedirect): string {
  const path = asSeen(from);
  const end = path.endsWith('/') ? `/?${hasPage ? '(?:index\\.html)?' : ''}` : '';
  const target = `"${inRule(href)}"`;
  const pattern = `"^${exactly(withoutSlash(path).slice(1))}${path === '/' ? '' : end}$"`;
  if (query === undefined) return `  RewriteRule ${pattern} ${target} [R=${status},L,NE]\n`;
  return `  RewriteCond %{QUERY_STRING} "^${exactly(sentQuery(query))}$"
  RewriteRule ${pattern} ${target} [R=${status},L,NE,QSD]\n`;
}

/** Files come first: a folder redirects only what is not there. */
function folderRule({ from, href, status, keepsRest }: HostRedirect): string {
  // Apache encodes the rest, and with it the target, so that has to be decoded.
  const target = asSeen(href);
  const keeps = keepsRest && !/["\\?#\p{Cc}]/u.test(target);
  const [to, flags] = keeps ? [`${inRule(target)}$1`, ''] : [inRule(href), ',NE'];
  return `  RewriteCond %{REQUEST_FILENAME} !-f
  RewriteCond %{REQUEST_FILENAME} !-d
  RewriteRule "^${exactly(asSeen(from).slice(1))}(.*)$" "${to}" [R=${status},L${flags}]\n`;
}

/** In a target, `%` and `$` before a digit would be a part of what was matched. */
const inRule = (href: string): string => href.replace(/[%$]/g, '\\$&');

/** A compressed file beside a file is sent to browsers that can read it. */
const precompressed = [
  ['br', 'br'],
  ['gzip', 'gz'],
]
  .map(
    ([encoding, ending]) => `  RewriteCond %{HTTP:Accept-Encoding} "\\b${encoding}\\b"
  RewriteCond %{REQUEST_FILENAME}.${ending} -f
  RewriteRule "^(.*[^/])$" "$1.${ending}" [L,E=no-gzip:1,E=no-brotli:1]
  RewriteCond %{HTTP:Accept-Encoding} "\\b${encoding}\\b"
  RewriteCond %{REQUEST_FILENAME}index.html.${ending} -f
  RewriteRule "^(.*/)?$" "$1index.html.${ending}" [L,E=no-gzip:1,E=no-brotli:1]\n`,
  )
  .join('');
