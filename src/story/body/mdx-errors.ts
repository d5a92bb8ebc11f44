import { type BodyProblem, brokenMdx, expressionInStory } from './problems.ts';

/**
 * What the MDX parser could not read, in words for an editor.
 *
 * The parser's messages are written for programmers; here each becomes what an editor sees: which tag,
 * which sign, and what to write instead. One that we do not know is passed on after a sentence of ours.
 *
 * @param message of satteri, which begins with `line:column: `
 * @param text what was parsed
 * @param firstLine of the text in its file
 */
export function explainMdx(message: string, text: string, firstLine: number): BodyProblem {
  const [, line = '1', column = '1', said = message] = /^(\d+):(\d+): ([\s\S]*)$/.exec(message) ?? [];
  const place = { line: Number(line), column: Number(column) };
  const source = text.split('\n')[place.line - 1] ?? '';
  const rest = source.slice(Math.max(0, place.column - 1));

  const unclosed = /Expected (?:a|the) closing tag (?:for )?`<\/?([^`]*)>`(?: \((\d+):(\d+)\))?/.exec(said);
  if (unclosed) {
    const name = unclosed[1] ?? '';
    const at = unclosed[2] ? { line: Number(unclosed[2]), column: Number(unclosed[3]) } : place;
    return brokenMdx(
      at,
      `<${name}> is opened here and not closed in the same ${said.includes('paragraph') ? 'paragraph' : 'place'}.`,
      `Write  </${name}>  where it ends, on a line of its own if it holds whole paragraphs; or  <${name} />  if it holds nothing.`,
    );
  }
  const crossed =
    /Unexpected closing tag `<\/([^`]*)>`, expected corresponding closing tag for `<([^`]*)>` \((\d+):/.exec(said);
  if (crossed)
    return brokenMdx(
      place,
      `</${crossed[1]}> stands here, but <${crossed[2]}> of line ${Number(crossed[3]) + firstLine - 1} is still open.`,
      `Write  </${crossed[2]}>  first.`,
    );
  const stray = /Unexpected closing tag `<\/([^`]*)>`/.exec(said);
  if (stray)
    return brokenMdx(
      place,
      `</${stray[1]}> closes something that was never opened.`,
      'Take it out, or write the opening tag before it.',
    );
  if (/expression|acorn|oxc|`\{`|`\}`/i.test(said) || rest.startsWith('{'))
    return expressionInStory(place, rest.replace(/^\{/, '') || source);

  if (rest.startsWith('<!--'))
    return brokenMdx(
      place,
      'Comments of the form <!-- … --> do not work in .mdx.',
      'Write  {/* … */}  for a note that readers do not see, or take it out.',
    );
  const address = /^<((?:https?:\/\/|mailto:)?[^\s<>]+[@/.][^\s<>]*)>/.exec(rest)?.[1];
  if (address)
    return brokenMdx(
      place,
      `Addresses in < > do not work in .mdx: <${address}>`,
      `Write  ${address}  without < and >, or  [words](${address}) .`,
    );
  if (/^<[a-z][^>]*=[^"'{\s]/.test(rest))
    return brokenMdx(
      place,
      `An attribute of this tag has no quotation marks around its value: ${rest.slice(0, 60)}`,
      'Write  name="value" , and end a tag that holds nothing with  /> .',
    );
  if (rest.startsWith('<'))
    return brokenMdx(
      place,
      `This sign < begins no component and no HTML: ${rest.slice(0, 60)}`,
      'Write  \\<  if it is meant as text.',
    );
  return brokenMdx(
    place,
    `This cannot be read here${rest ? `: ${rest.slice(0, 60)}` : ''}. (The parser says: ${said.split('\n')[0]?.slice(0, 160)})`,
    'Check that every tag is closed and every attribute has its quotation marks.',
  );
}
