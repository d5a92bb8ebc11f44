import type { Element } from 'hast';
import type { Ids } from './headings.ts';
import { printedAttributes } from './sanitise.ts';

/**
 * The attributes of an element that are printed: allowed ones with valid values.
 *
 * @param isNotes whether the element is in the footnotes, whose ids come from the parser
 */
export function attributesOf(
  node: Element,
  ids: Ids,
  { isNotes: isInNotes }: { isNotes?: boolean },
): [string, string][] {
  const attributes: [string, string][] = [];
  const allowed = { ...printedAttributes['*'], ...printedAttributes[node.tagName] };
  for (const [property, value] of Object.entries(node.properties)) {
    const name = allowed[property];
    if (name === undefined || value === null || value === undefined || value === false) continue;
    if (name === 'id') {
      const written = String(value);
      const isNote = isInNotes && /^fn-/.test(written);
      const id = isNote ? written : ids.own(written);
      if (isNote) ids.note(written);
      if (id !== undefined) attributes.push(['id', id]);
      continue;
    }
    const text = value === true ? '' : Array.isArray(value) ? value.join(' ') : String(value);
    if (isValid(name, text, node.tagName)) attributes.push([name, text]);
  }
  return attributes;
}

/** Attributes in an archive are often wrong, and a wrong one is worse than none. */
function isValid(name: string, value: string, tag: string): boolean {
  switch (name) {
    case 'colspan':
    case 'rowspan':
    case 'span':
      return /^[1-9]\d{0,2}$/.test(value);
    case 'start':
    case 'value':
      return /^-?\d{1,9}$/.test(value);
    case 'type':
      return /^[1aAiI]$/.test(value);
    case 'dir':
      return /^(?:ltr|rtl|auto)$/.test(value);
    case 'scope':
      return /^(?:col|row|colgroup|rowgroup)$/.test(value);
    case 'lang':
    case 'hreflang':
      return /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(value);
    case 'datetime':
      return (
        /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:Z|[+-]\d{2}:\d{2})?)?$/.test(
          value,
        ) ||
        (tag === 'time' && /^\d{4}(?:-(?:0[1-9]|1[0-2]))?$/.test(value))
      );
    case 'class':
      return /^(?:language-[\w+#.-]{1,40}|contains-task-list|task-list-item|footnotes)$/.test(value);
    default:
      return true;
  }
}
