import type { StoryElement } from '../elements.ts';
import type { Call } from './tree.ts';

/** A component on lines of its own, found without a parser. */
export type QuickCall = { kind: 'open' | 'whole'; call: Call } | { kind: 'close' };

/**
 * The most common MDX: components on separate lines around Markdown. Each such line is replaced by a comment with its
 * number, which Markdown keeps unchanged, and which ends the block before it just as the component does.
 *
 * @returns undefined if there is a `<` anywhere else, or if anything about a component is unusual, so that the
 * parser has to be used
 */
export function quickCalls(
  text: string,
  known: Record<string, StoryElement>,
): { text: string; calls: QuickCall[] } | undefined {
  if (/^[ >*+\d.)-]*(?:```|~~~)/m.test(text)) return undefined; // in a code block, such a line is text
  const lines = text.split('\n');
  const calls: QuickCall[] = [];
  let open: string | undefined;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    if (!line.includes('<')) continue;
    const [, slash, name = '', written = '', end] = form.exec(line) ?? [];
    const element = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!element) return undefined;
    if (slash === '/') {
      if (open !== name || written !== '' || end === '/' || !isBlank(lines[at + 1])) return undefined;
      open = undefined;
      calls.push({ kind: 'close' });
    } else {
      if (open !== undefined || !isBlank(lines[at - 1])) return undefined;
      const attributes: Record<string, string | boolean> = {};
      for (const [, key, value] of written.matchAll(/ ([A-Za-z]+)(?:="([^"]*)")?/g)) {
        if (Object.hasOwn(attributes, key!)) return undefined;
        attributes[key!] = value ?? true;
      }
      const checked = element.attributes.safeParse(attributes);
      if (!checked.success) return undefined;
      const isHeld = element.children === 'blocks' || element.children === 'list';
      if (end === '/' ? !isBlank(lines[at + 1]) || !isWhole(element) : !isHeld) return undefined;
      if (end !== '/') open = name;
      calls.push({
        kind: end === '/' ? 'whole' : 'open',
        call: { name, attributes: checked.data as Call['attributes'], line: at + 1 },
      });
    }
    lines[at] = `<!--${calls.length - 1}-->`;
  }
  return open === undefined ? { text: lines.join('\n'), calls } : undefined;
}

const form = /^<(\/?)([A-Z]\w*)((?: [A-Za-z]+(?:="[^"<>&{}\\]*")?)*) ?(\/?)>$/;
/** Whether its content is optional. */
const isWhole = ({ children, mayBeEmpty }: StoryElement): boolean => children === 'none' || mayBeEmpty === true;

const isBlank = (line: string | undefined): boolean => line === undefined || line === '';
