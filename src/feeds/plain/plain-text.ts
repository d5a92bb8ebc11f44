import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;

/** Elements that begin a new paragraph of plain text. */
const blocks = new Set(
  'p div section article aside figure figcaption blockquote ul ol li dl dt dd h1 h2 h3 h4 h5 h6 pre table caption tr hr details summary'.split(
    ' ',
  ),
);

/** HTML as plain text: paragraphs with an empty line between them, and the cells of a row with a tab between them. */
export function plainText(html: string): string {
  const paragraphs: string[] = [];
  let line = '';
  const end = () => {
    const text = line
      .replace(/ *\n */g, '\n')
      .replace(/ {2,}/g, ' ')
      .trim();
    if (text !== '') paragraphs.push(text);
    line = '';
  };
  // The nesting of a text is limited where it is read, so this cannot overflow.
  const walk = (nodes: readonly Node[], isCode: boolean): void => {
    for (const node of nodes) {
      if (node.nodeName === '#text' && 'value' in node) line += isCode ? node.value : node.value.replace(/\s+/g, ' ');
      else if (node.nodeName === 'br') line += '\n';
      else if ('childNodes' in node) {
        const isBlock = blocks.has(node.nodeName);
        const isCell = node.nodeName === 'td' || node.nodeName === 'th';
        if (isBlock) end();
        else if (isCell && line.trim() !== '') line += '\t';
        walk(node.childNodes, isCode || node.nodeName === 'pre');
        if (isBlock) end();
      }
    }
  };
  walk(parseFragment(html).childNodes, false);
  end();
  return paragraphs.join('\n\n');
}
