import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import type { Place, Problem } from '../problems/problem.ts';
import { themeFileMissing, themeInlineStyle } from './problems.ts';
import type { Around } from './theme-css.ts';
import {
  addressesInScript,
  hostProblem,
  loadingAttributes,
  purposeOf,
  type ThemeSettings,
  urlsIn,
} from './theme-hosts.ts';
import type { HtmlTag } from './theme-html.ts';
import { themeHtml, themeHtmlContradicts, themeHtmlScript, themeObject } from './theme-html-problems.ts';

/* What is wrong with a tag of `theme/head.html` or `theme/foot.html`: what it repeats, loads, and runs. */

const shown = ({ name, attributes }: HtmlTag): string => {
  const written = `<${name}${[...attributes].map(([key, value]) => ` ${key}${value === '' ? '' : `="${value}"`}`).join('')}>`;
  return written.length > 80 ? `${written.slice(0, 79)}…` : written;
};

const takenNames: readonly [form: RegExp, ours: string, hint: string][] = [
  [
    /^(?:robots|googlebot(?:-news)?|bingbot|slurp)$/i,
    'Broadsheet decides which pages search engines list.',
    'Delete it. To keep a page out of search engines, do not publish it.',
  ],
  [/^viewport$/i, 'It makes the page fit on a phone.', 'Delete it.'],
  [
    /^description$/i,
    'It is that of the page.',
    'Delete it. Write  description  in site.yaml, or a standfirst in the story.',
  ],
  [
    /^(?:og:(?:type|site_name|title|description|url|locale(?::.*)?|image(?::.*)?)|twitter:(?:card|title|description|image))$/i,
    'It is that of the page.',
    'Delete it.',
  ],
];

/** What every page has already. Two of them contradict each other, and which one counts is up to the reader’s program. */
export function contradictions(file: string, tag: HtmlTag, isHead: boolean): Problem[] {
  const { name, attributes, line, column } = tag;
  const place: Place = { file, line, column };
  const say = (ours: string, hint: string) => [themeHtmlContradicts(place, shown(tag), ours, hint)];
  if (name === 'title') return say('It is the headline of the page.', 'Delete it.');
  if (name === 'base')
    return say('All links of the page are relative to its address.', 'Delete it, and write complete addresses.');
  if (name === 'link' && /\bcanonical\b/i.test(attributes.get('rel') ?? ''))
    return say('It names the address of the page, which is another one on each page.', 'Delete it.');
  if (name !== 'meta') return [];
  if (attributes.has('charset')) return say('Pages are in UTF-8.', 'Delete it.');
  const equivalent = attributes.get('http-equiv')?.toLowerCase();
  if (equivalent === 'content-security-policy' || equivalent === 'content-security-policy-report-only')
    return say(
      'A second policy can only forbid more.',
      'Delete it. Allow other hosts with  allow  in content/site.yaml.',
    );
  if (equivalent === 'content-type') return say('Pages are in UTF-8.', 'Delete it.');
  if (equivalent === 'refresh')
    return [
      themeHtml(
        place,
        `This would send every reader to another page: ${shown(tag)}`,
        'Delete it. For an address that has changed, use  redirects  in content/site.yaml.',
      ),
    ];
  const key = attributes.get('name') ?? attributes.get('property') ?? '';
  const taken = takenNames.find(([form]) => form.test(key.trim()));
  if (taken) return say(taken[1], taken[2]);
  return isHead || attributes.has('itemprop')
    ? []
    : [themeHtml(place, `The body of a page cannot contain ${shown(tag)}`, 'Move it to  theme/head.html .')];
}

export function attributeProblems(file: string, tag: HtmlTag, settings: ThemeSettings): Problem[] {
  const { name, attributes, line, column } = tag;
  const place: Place = { file, line, column };
  const problems: Problem[] = [];
  for (const [attribute, value] of attributes) {
    if (/^on[a-z]+$/.test(attribute))
      problems.push(
        themeHtmlScript(
          place,
          `This is a script in an attribute:  ${attribute}="${value.slice(0, 60)}" . The policy of the site forbids it.`,
          'Use  addEventListener  in a <script> of this file.',
        ),
      );
    if (/^\s*javascript:/i.test(value))
      problems.push(
        themeHtmlScript(
          place,
          `This is a script in an address:  ${attribute}="${value.slice(0, 60)}" . The policy of the site forbids it.`,
          'Use a <button>, and  addEventListener  in a <script> of this file.',
        ),
      );
    if (attribute === 'style') problems.push(themeInlineStyle(place, 'style='));
  }
  if (name === 'object' || name === 'embed') return [...problems, themeObject(place, name)];
  for (const attribute of loadingAttributes) {
    const value = attributes.get(attribute);
    const purpose = value === undefined ? undefined : purposeOf(name, attribute, attributes);
    if (value === undefined || purpose === undefined) continue;
    for (const url of urlsIn(attribute, value))
      problems.push(...hostProblem(place, url, { purpose, settings, on: { everyPage: true } }));
  }
  return problems;
}

/** A file of the site that an element loads: it is in `public/`, and its address begins with a slash. */
export function fileProblems(
  file: string,
  { name, attributes, line, column }: HtmlTag,
  { site, settings }: Around,
): Problem[] {
  const { base } = settings;
  return ['src', 'href', 'poster'].flatMap((attribute) => {
    const value = attributes.get(attribute);
    const purpose = value === undefined ? undefined : purposeOf(name, attribute, attributes);
    if (!value || purpose === undefined || purpose === 'frame' || /^(?:[a-z][a-z\d+.-]*:|\/\/|#)/i.test(value))
      return [];
    const place = { file, line, column };
    if (!value.startsWith('/'))
      return [
        themeHtml(
          place,
          `"${value}" is relative to the address of the page, which is another one on each page.`,
          `Put the file into  public/ , and write  ${base}/${value.replace(/^(?:\.{1,2}\/)+/, '')} .`,
        ),
      ];
    if (base !== '' && !value.startsWith(`${base}/`))
      return [themeHtml(place, `"${value}" is not below the address of the site.`, `Write  ${base}${value} .`)];
    const path = value.slice(base.length).replace(/[?#].*$/, '');
    return existsSync(join(site, 'public', decoded(path))) || path.startsWith('/assets/')
      ? []
      : [themeFileMissing(place, value, `public${path}`)];
  });
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

export function scriptProblems(file: string, tag: HtmlTag, settings: ThemeSettings): Problem[] {
  const { attributes, text, textLine } = tag;
  const type = (attributes.get('type') ?? '').trim().toLowerCase();
  const at = (line: number): Place => ({ file, line: textLine + line - 1 });
  if (text.trim() === '') return [];
  if (attributes.has('src'))
    return [
      themeHtmlScript(at(1), 'Browsers ignore the text of a script that has  src= .', 'Write two <script> elements.'),
    ];
  if (/json$/.test(type) || type === 'importmap' || type === 'speculationrules') {
    const why = faultOfJson(text);
    return why === undefined ? [] : [themeHtmlScript(at(1), `This is not valid JSON: ${why}.`, 'Correct it.')];
  }
  if (!/^(?:|module|(?:text|application)\/(?:java|ecma)script)$/.test(type)) return [];
  const fault = type === 'module' ? undefined : faultOfScript(text, file);
  if (fault) return [themeHtmlScript(at(fault.line), `This is not valid JavaScript: ${fault.why}.`, 'Correct it.')];
  const writes = [...text.matchAll(/\bdocument\s*\.\s*write(?:ln)?\s*\(/g)].map(({ index }) =>
    themeHtmlScript(
      at(text.slice(0, index).split('\n').length),
      'document.write() stops the page while it loads, and browsers can ignore it.',
      'Create elements and  append()  them.',
    ),
  );
  const asked = addressesInScript(text).flatMap(({ url, purpose, line }) =>
    hostProblem(at(line), url, { purpose, settings, on: { everyPage: true } }),
  );
  return [...writes, ...asked];
}

function faultOfJson(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as Error).message.split('\n')[0];
  }
}

/** The script is compiled and never run. */
function faultOfScript(text: string, file: string): { why: string; line: number } | undefined {
  try {
    new Script(text, { filename: file });
    return undefined;
  } catch (error) {
    const { stack = '', message } = error as Error;
    const line = Number(new RegExp(`^${file.replace(/[.]/g, '\\.')}:(\\d+)$`, 'm').exec(stack)?.[1] ?? 1);
    return { why: message, line };
  }
}
