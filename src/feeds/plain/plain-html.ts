import type { ShownBody, ShownPart } from '../../queries/results.ts';
import { ofTheme, shapes } from './components.ts';
import { plainRun } from './links.ts';
import { figure, unavailable } from './parts.ts';
import type { Printing } from './printing.ts';

export { completeLinks } from './links.ts';
export type { Printing } from './printing.ts';

/**
 * A text of the newsroom as plain HTML, for programs that show it without our styles: feed readers, and other systems. This
 * is the only printer of that kind. Every address is complete, components are plain elements, and the result is valid.
 */
export const plainHtml = (body: ShownBody, printing: Printing): string =>
  body.map((part) => partHtml(part, printing)).join('');

function partHtml(part: ShownPart, printing: Printing): string {
  if (part.kind === 'html') return plainRun(part.html, printing);
  if (part.kind === 'picture') return figure(part.picture, printing);
  if (part.kind === 'placeholder') return unavailable(part.placeholder, printing);
  const shape = Object.hasOwn(shapes, part.name) ? shapes[part.name] : undefined;
  return (shape ?? ofTheme)(part, plainHtml(part.children, printing), printing);
}
