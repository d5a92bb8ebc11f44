import { readNameLine } from '../lines/byline-line.ts';
import { roleOfStyle, type StyleRole } from '../markup/style-role.ts';
import { byName, firstByName, parseXml, wordsOf } from '../markup/tree.ts';

/** What a document says about itself outside of its text. */
export interface DocumentProperties {
  title?: string;
  creator?: string;
  /** A day. */
  created?: string;
  language?: string;
}

const emptyTitles =
  /^(?:microsoft word\b.*|(?:document|dokument|untitled|unbenannt|ohne titel|sans titre|sin título|title|titel|word document|powerpoint presentation|template|vorlage|normal)\s*\d*(?:\.docx?|\.odt)?|.*\.(?:docx?|odt|rtf|dotx?|ott))$/iu;

/** @param xml `docProps/core.xml` of a Word document, or `meta.xml` of an OpenDocument text */
export function readProperties(xml: string): DocumentProperties {
  const root = parseXml(xml);
  const value = (...names: string[]): string | undefined => {
    const found = firstByName(root, ...names);
    const words = found === undefined ? '' : wordsOf(found);
    return words === '' ? undefined : words;
  };
  const title = value('dc:title');
  const creator = value('meta:initial-creator') ?? value('dc:creator');
  const written = value('dcterms:created', 'meta:creation-date') ?? '';
  const created = templateTimes.has(written) ? undefined : /^\d{4}-\d{2}-\d{2}/.exec(written)?.[0];
  const language = value('dc:language');
  return {
    ...(title === undefined || emptyTitles.test(title) ? {} : { title }),
    ...(creator === undefined || !isPerson(creator) ? {} : { creator }),
    ...(created === undefined || /^(?:1[0-8]|190|197|1980)/.test(created) ? {} : { created }),
    ...(language === undefined ? {} : { language }),
  };
}

/** The day on which a program's own template was made, which says nothing about the document. */
const templateTimes = new Set(['2013-12-23T23:15:00Z', '1970-01-01T00:00:00Z', '1601-01-01T00:00:00Z']);

/** "Microsoft Office User", "admin" and "python-docx" are programs, not people. */
const isPerson = (name: string): boolean =>
  readNameLine(name) !== undefined &&
  !/\b(?:user|office|microsoft|admin|windows|apache|libreoffice|google|python|docx|poi|pandoc|owner|customer|preinstalled)\b/i.test(
    name,
  );

/** By id of a style: what it means, by its name, its id, or the style that it is based on. */
export function readStyles(xml: string): Map<string, StyleRole> {
  const styles = new Map<string, { name: string; basedOn?: string; level?: number }>();
  const root = parseXml(xml);
  for (const style of byName(root, 'w:style')) {
    const id = style.attribs['w:styleId'];
    if (id === undefined || (style.attribs['w:type'] ?? 'paragraph') !== 'paragraph') continue;
    const level = Number(firstByName(style, 'w:outlineLvl')?.attribs['w:val'] ?? 9);
    styles.set(id, {
      name: firstByName(style, 'w:name')?.attribs['w:val'] ?? id,
      basedOn: firstByName(style, 'w:basedOn')?.attribs['w:val'],
      ...(level < 6 ? { level: level + 1 } : {}),
    });
  }
  const roles = new Map<string, StyleRole>();
  for (const id of styles.keys()) {
    let role: StyleRole | undefined;
    // A style can be based on itself in a damaged file.
    for (let at: string | undefined = id, steps = 0; at !== undefined && steps < 20 && role === undefined; steps++) {
      const style = styles.get(at);
      role = roleOfStyle(style?.name ?? at) ?? roleOfStyle(at);
      if (role === undefined && style?.level !== undefined) role = { heading: style.level };
      at = style?.basedOn;
    }
    if (role !== undefined) roles.set(id, role);
  }
  return roles;
}

/** The language that the styles set for the whole document, such as `en-GB`. */
export function languageOfStyles(xml: string): string | undefined {
  const defaults = firstByName(parseXml(xml), 'w:docDefaults');
  return defaults && firstByName(defaults, 'w:lang')?.attribs['w:val'];
}
