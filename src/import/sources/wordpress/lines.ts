/**
 * Gives the line breaks in a text from WordPress's classic editor the tags that WordPress adds when it prints it. Two of
 * them end a paragraph for the conversion that follows. Line breaks in tags, comments, and preformatted text stay.
 */
export function linesToBreaks(html: string): string {
  let isPreformatted = false;
  return html
    .split(/(<[a-z/!][^<>]*>)/i)
    .map((part, at) => {
      if (at % 2 === 1) {
        if (/^<(?:pre|script|style|textarea)\b/i.test(part)) isPreformatted = true;
        else if (/^<\/(?:pre|script|style|textarea)\b/i.test(part)) isPreformatted = false;
        return part;
      }
      return isPreformatted ? part : part.replace(/\r\n?/g, '\n').replace(/\n/g, '<br>');
    })
    .join('');
}
