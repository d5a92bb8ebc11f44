import { escapeAttribute } from '../../../../site/markup.ts';
import type { ComponentAttribute } from './schema.ts';
import type { Markdown } from './tree.ts';

/** A component in the source: its attributes, and where its tags are. */
export interface ComponentSource {
  name: string;
  attributes: ComponentAttribute[];
  places: { start: number; end: number }[];
  /** The end of the name in the opening tag. */
  nameEnd: number;
  openStart: number;
  openEnd: number;
  contentStart: number;
  contentEnd: number;
  /** It has only one tag, `<X />`. */
  isClosed: boolean;
}

interface Jsx {
  name: string | null;
  attributes: {
    type: string;
    name?: string;
    value?: string | null | { value: string };
    position?: { start: { offset?: number }; end: { offset?: number } };
  }[];
}

/** @returns undefined if it is an HTML tag or a fragment, or if its tags cannot be found */
export function readComponent(node: Markdown, source: string): ComponentSource | undefined {
  const { name, attributes: written } = node as unknown as Jsx;
  if (!name || !/^[A-Z]/.test(name)) return undefined;
  const openStart = node.position?.start.offset ?? 0;
  const end = node.position?.end.offset ?? 0;
  const nameEnd = openStart + 1 + name.length;
  const places = written.map(({ position }) => ({
    start: position?.start.offset ?? -1,
    end: position?.end.offset ?? -1,
  }));
  const openEnd = source.indexOf('>', Math.max(nameEnd, ...places.map((place) => place.end))) + 1;
  if (openEnd === 0 || openEnd > end || source.slice(openStart, nameEnd) !== `<${name}`) return undefined;
  const isClosed = source[openEnd - 2] === '/' && openEnd === end;
  const closeStart = isClosed ? openEnd : source.lastIndexOf('</', end - 1);
  if (closeStart < openEnd) return undefined;
  return {
    name,
    attributes: written.map((attribute, at) => readAttribute(attribute, source, places[at]!)),
    places,
    nameEnd,
    openStart,
    openEnd,
    contentStart: openEnd,
    contentEnd: closeStart,
    isClosed,
  };
}

function readAttribute(
  { type, name, value }: Jsx['attributes'][number],
  source: string,
  place: { start: number; end: number },
): ComponentAttribute {
  if (type !== 'mdxJsxAttribute' || (value && typeof value === 'object'))
    return { name: name ?? '', value: '', code: source.slice(place.start, place.end) };
  return { name: name ?? '', value: typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : true };
}

/** An attribute as it is written. */
export function writeAttribute({ name, value, code }: ComponentAttribute): string {
  if (code !== undefined) return code;
  if (value === true) return name;
  const isPlain = !/&#?\w+;/.test(value);
  if (isPlain && !value.includes('"')) return `${name}="${value}"`;
  if (isPlain && !value.includes("'")) return `${name}='${value}'`;
  return `${name}="${escapeAttribute(value)}"`;
}

/** The opening tag of a new component. */
export const openTag = (name: string, attributes: readonly ComponentAttribute[]): string =>
  `<${[name, ...attributes.map(writeAttribute)].join(' ')}`;

/** The opening tag with other attributes. Those that stay keep their bytes and their order. */
export function patchOpenTag(from: ComponentSource, source: string, attributes: readonly ComponentAttribute[]): string {
  let out = source.slice(from.openStart, from.nameEnd);
  let at = from.nameEnd;
  const left = [...attributes];
  for (const [index, old] of from.attributes.entries()) {
    const place = from.places[index]!;
    const found = left.findIndex((attribute) => attribute.name === old.name && attribute.code === old.code);
    if (found < 0) {
      at = place.end;
      continue;
    }
    const [now] = left.splice(found, 1);
    out += source.slice(at, place.start);
    out += now!.value === old.value ? source.slice(place.start, place.end) : writeAttribute(now!);
    at = place.end;
  }
  out += left.map((attribute) => ` ${writeAttribute(attribute)}`).join('');
  return out + source.slice(at, from.openEnd);
}
