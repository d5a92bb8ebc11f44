import { asSeen, exactly, quoted, sentQuery, withoutSlash } from './encode.ts';
import { inOrder } from './lists.ts';
import { brief, feedTypes, type HostModel, type HostRedirect, immutable, manifestType } from './model.ts';
import type { ServerFiles } from './nginx.ts';
import { assetPattern } from './patterns.ts';

/**
 * The configuration for Caddy: `site.caddy` is imported in the block of the site, after `root`. It imports the lists of
 * old addresses, which are beside it.
 */
export function caddyFiles(model: HostModel): ServerFiles {
  const exact = model.redirects.filter(({ isFolder }) => !isFolder);
  const list = (redirects: readonly HostRedirect[]) => {
    const entries = new Map<string, string>();
    for (const one of redirects) {
      const { key, value } = entryOf(model, one);
      if (!entries.has(key)) entries.set(key, value);
    }
    return mark + [...entries].map(([key, value]) => `${key} ${value}\n`).join('');
  };
  const withdrawn = model.withdrawn.map((address) => `${keyOf(asSeen(model.base) + asSeen(address))} 1\n`);
  return new Map([
    ['redirects.caddy', list(exact.filter(({ query }) => query === undefined))],
    ['queries.caddy', list(exact.filter(({ query }) => query !== undefined))],
    ['withdrawn.caddy', mark + withdrawn.join('')],
    ['site.caddy', siteConf(model)],
  ]);
}

/** The first line of a list. */
const mark = '# Written by `broadsheet host caddy`.\n';

function entryOf({ base }: HostModel, { from, query, href, status }: HostRedirect): { key: string; value: string } {
  const path = withoutSlash(asSeen(base) + asSeen(from));
  const old = query === undefined ? path : `${path}?${sentQuery(query)}`;
  const isWhole = query !== undefined || /[?#]/.test(href);
  return { key: keyOf(old), value: quoted(`${status}${isWhole ? '=' : '+'}${href}`) };
}

/**
 * A key of a map: the text itself, or a regular expression if Caddy would read a character in it as a variable, the end of
 * a word, or an expression.
 */
const keyOf = (text: string): string =>
  /^\/[\w/.%?&=+:@!,~\u0080-\u{10ffff}-]*$/u.test(text) ? text : `"~^${exactly(text)}$"`;

/** A value in which Caddy looks for variables. */
const value = (text: string): string => quoted(text.replace(/[{}]/g, '\\$&')).replaceAll('\\\\', '\\');

function siteConf(model: HostModel): string {
  const { base, headers, policy, searchPolicy, ownAssets, ownDocuments, manifests, withdrawn, redirects } = model;
  const root = asSeen(base);
  const at = (path: string) => keyPath(root + path);
  const prefix = exactly(root);
  const folders = inOrder(redirects).filter(({ isFolder }) => isFolder);
  const isOwn = (files: readonly string[]) =>
    files.length === 0
      ? ''
      : `    not path ${files.flatMap((file) => [at(file), ...folderAddress(at(file))]).join(' ')}\n`;
  const hide = [
    '_headers',
    '_redirects',
    'vercel.json',
    'staticwebapp.config.json',
    '.broadsheet',
    '.git',
    '.htaccess',
    '.nojekyll',
  ];
  const files = (more = '') => `file_server {
    index index.html
    precompressed br gzip
    hide ${hide.join(' ')}
${more}  }`;
  return `# Written by \`broadsheet host caddy\`. Import it in the block of the site, after root.
# The address that was requested, without the slash at its end, and the query without what social networks add to it.
map {path} {broadsheet_path} {
  "~^(.+?)/+$" "\${1}"
  default {path}
}
map {query} {broadsheet_query} {
  "~^(.*?)(?:(?:^|&)(?:utm_[a-z]+|fbclid|gclid|mc_[a-z]+)=[^&]*)+$" "\${1}"
  default {query}
}
map {broadsheet_path} {broadsheet_known} {
  import redirects.caddy
  default ""
}
map {broadsheet_path}?{broadsheet_query} {broadsheet_asked} {
  import queries.caddy
  default {broadsheet_known}
}
# Looked up once: each use of a map searches it again.
vars broadsheet_answer {broadsheet_asked}
map {path} {broadsheet_withdrawn} {
  import withdrawn.caddy
  default ""
}
header {
${headers.map(([name, text]) => `  ${name} ${value(text)}\n`).join('')}  ?Cache-Control ${quoted(brief)}
}
@broadsheet_immutable {
  path_regexp "^${prefix}${assetPattern}"
${isOwn(ownAssets)}}
header @broadsheet_immutable Cache-Control ${quoted(immutable)}
${policy === undefined ? '' : `@broadsheet_pages {\n    path_regexp "^${prefix}/(?:.*/)?(?:[^/]*\\.html)?$"\n${isOwn(ownDocuments)}${searchPolicy === undefined ? '' : `    not path ${at('/search/')} ${at('/search/index.html')}\n`}}\nheader @broadsheet_pages Content-Security-Policy ${value(policy)}\n`}${searchPolicy === undefined ? '' : `@broadsheet_search path ${at('/search/')} ${at('/search/index.html')}\nheader @broadsheet_search Content-Security-Policy ${value(searchPolicy)}\n`}${feedTypes.map(([name, type]) => `@broadsheet_${name.replace('.', '_')} path_regexp "^${prefix}/(?:[^/]+/)*${exactly(name)}$"\nheader @broadsheet_${name.replace('.', '_')} Content-Type ${quoted(type)}\n`).join('')}${manifests.length > 0 ? `header ${at('/*.webmanifest')} Content-Type ${manifestType}\n` : ''}${[301, 302].flatMap((status) => [codeRule(status, '='), codeRule(status, '+')]).join('')}${withdrawn.length > 0 ? `@broadsheet_withdrawn expression {broadsheet_withdrawn} == "1"\nhandle @broadsheet_withdrawn {\n  rewrite * {path}index.html\n  ${files('    status 410\n')}\n}\n` : ''}${folders.map((one, number) => folderRule(model, one, number)).join('')}handle {
  ${files()}
}
handle_errors {
  header -Cache-Control
  @broadsheet_404 expression {err.status_code} == 404
  handle @broadsheet_404 {
    rewrite * ${keyPath(`${root}/404.html`)}
${policy === undefined ? '' : `    header Content-Security-Policy ${value(policy)}\n`}    file_server
  }
}
`;
}
/** The redirects with a code: `=` is the whole target, and `+` a target to which the query of the request is added. */
function codeRule(status: number, kind: '=' | '+'): string {
  const name = `broadsheet_${status}${kind === '=' ? '_whole' : ''}`;
  const rule = (id: string, more: string, query: string) => `@${id} {
  vars_regexp ${id} {http.vars.broadsheet_answer} "^${status}${kind === '=' ? '=' : '\\+'}(.+)$"
${more}}
redir @${id} {re.${id}.1}${query} ${status}
`;
  if (kind === '=') return rule(name, '', '');
  return rule(`${name}_query`, '  expression {query} != ""\n', '?{query}') + rule(name, '', '');
}

/**
 * Files come first: a folder redirects only what is not there. The rest of the address is taken from the request as it was
 * sent, because Caddy would not encode it again.
 */
function folderRule({ base }: HostModel, { from, href, status, keepsRest }: HostRedirect, at: number): string {
  const name = `broadsheet_folder_${at}`;
  const hasQuery = /[?#]/.test(href);
  const whole = hasQuery ? '([^?]*)(?:\\?.*)?' : '(.*)';
  return `@${name} {
  not file {path} {path}/index.html
  vars_regexp ${name} {uri} "^${asSent(asSeen(base) + asSeen(from))}${keepsRest ? whole : '[^?]*(|\\?.*)'}$"
}
redir @${name} ${quoted(href).slice(0, -1)}${keepsRest || !hasQuery ? `{re.${name}.1}` : ''}" ${status}
`;
}

/** A regular expression for a path as browsers send it: each special character itself, or percent-encoded. */
const asSent = (path: string): string =>
  path.replace(/[^\w/-]/gu, (character) => {
    const bytes = [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
    return `(?:${exactly(character)}|(?i:${bytes}))`;
  });

/** A path in a matcher, in quotation marks if it could end the word. */
const keyPath = (path: string): string => (/^[\w/.*-]*$/.test(path) ? path : quoted(path));

/** The address of a folder that shows its `index.html`. */
const folderAddress = (file: string): string[] =>
  /\/index\.html"?$/.test(file) ? [file.replace(/index\.html("?)$/, '$1')] : [];
