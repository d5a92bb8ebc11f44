/**
 * Pasted HTML in the form that web pages have. Word writes lists as paragraphs with a bullet in front, and both Word and
 * Google Docs put the pasted part between comments and into a document with settings of its own.
 */
export function plainHtml(html: string): string {
  const [, fragment = html] = /<!--StartFragment-->([\s\S]*?)(?:<!--EndFragment-->|$)/.exec(html) ?? [];
  return listsOfWord(
    fragment
      .replace(/<!--\[if (?!!supportLists)[\s\S]*?<!\[endif\]-->/gi, '')
      .replace(/<\/?(?:o|w|v|m|st1):[\w-]+[^>]*>/gi, '')
      .replace(/<xml>[\s\S]*?<\/xml>/gi, '')
      .replace(/<br[^>]*class="?Apple-interchange-newline"?[^>]*>/gi, ''),
  );
}

const wordItem = /<p\b[^>]*(?:class="?MsoListParagraph\w*"?|mso-list:\s*l\d)[^>]*>([\s\S]*?)<\/p>/gi;
/** The bullet or number, which Word hides from programs that know its lists. */
const marker =
  /(?:<!--\[if !supportLists\]-->|<!\[if !supportLists\]>)([\s\S]*?)(?:<!--\[endif\]-->|<!\[endif\]>)|<span\b[^>]*mso-list:\s*Ignore[^>]*>([\s\S]*?)<\/span>/i;

function listsOfWord(html: string): string {
  const items = html.replace(wordItem, (_, inner: string) => {
    const found = marker.exec(inner);
    const words = (found?.[1] ?? found?.[2] ?? '').replace(/<[^>]*>|&nbsp;|\s/g, '');
    const kind = /^\(?[\da-z]{1,4}[.)]/i.test(words) ? 'ol' : 'ul';
    return `<${kind}><li>${inner.replace(marker, '')}</li></${kind}>`;
  });
  // Items that follow each other are one list.
  return items.replace(/<\/(ol|ul)>\s*<\1>(?=<li>)/g, '');
}
