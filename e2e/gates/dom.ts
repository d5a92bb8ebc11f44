import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';

export type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.Node;

/** All elements of a page in document order, as a browser without JavaScript would have them. */
export async function elementsOf(folder: string, page: string): Promise<Element[]> {
  return elementsIn(parse(await readFile(join(folder, page), 'utf8'), { sourceCodeLocationInfo: true }));
}

/** The elements below a node, in document order. The content of `<template>` is not part of the page. */
export function elementsIn(node: Node): Element[] {
  if (!('childNodes' in node)) return [];
  return node.childNodes.flatMap((child) => ('tagName' in child ? [child, ...elementsIn(child)] : []));
}

export const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((candidate) => candidate.name === name)?.value;

export const lineOf = (element: Element): number | undefined => element.sourceCodeLocation?.startLine;

/** The text of an element, with white space collapsed. */
export function textOf(node: Node): string {
  return rawText(node).replace(/\s+/g, ' ').trim();
}

function rawText(node: Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(rawText).join('') : '';
}

/** The `content` of the first `<meta>` whose name, property, or http-equiv is `name`. */
export function metaOf(elements: Element[], name: string): string | undefined {
  const meta = elements.find(
    (element) =>
      element.tagName === 'meta' &&
      ['name', 'property', 'http-equiv'].some((key) => attribute(element, key)?.toLowerCase() === name),
  );
  return meta && attribute(meta, 'content');
}

/** An address that only redirects readers: it has neither a story nor a heading of its own. */
export const isRedirect = (elements: Element[]): boolean => metaOf(elements, 'refresh') !== undefined;
