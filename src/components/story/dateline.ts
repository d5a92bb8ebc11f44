import type { ShownBody } from '../../queries/results.ts';
import { escapeText } from '../../site/markup.ts';

/**
 * The dateline as the first words of the first paragraph. If a body begins with something else, such as a picture or a
 * heading, the dateline gets its own paragraph before it.
 *
 * @param dateline plain text
 */
export function withDateline(body: ShownBody, dateline: string | undefined): ShownBody {
  if (!dateline) return body;
  const printed = escapeText(dateline);
  const [first, ...rest] = body;
  const opening = first?.kind === 'html' ? /^\s*<p(?:\s[^>]*)?>/.exec(first.html)?.[0] : undefined;
  if (first?.kind !== 'html' || opening === undefined)
    return [{ kind: 'html', html: `<p class="dateline">${printed}</p>` }, ...body];
  // The dash is text, not style. Without it, the place and the first words would be read aloud and copied as one
  // phrase.
  const text = first.html.slice(opening.length);
  return [{ kind: 'html', html: `${opening}<span class="dateline">${printed}</span> \u2013 ${text}` }, ...rest];
}
