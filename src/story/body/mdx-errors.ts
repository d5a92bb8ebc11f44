import type { BodyProblem } from '../problems/shared.ts';
import { brokenMdx, expressionInStory } from '../problems/text.ts';

/*
 * Errors that parsers describe only in their message. No other code recognises an error by its message (see
 * house-rules-problems.test.ts).
 */

/** Whether an error comes from the MDX parser and is about the text. Its message then begins with the place. */
export const isMdxError = (error: unknown): error is Error =>
  error instanceof Error && /^\d+:\d+: /.test(error.message);

/** Whether a parser exceeded the stack size of Node. */
export const isStackFull = (error: unknown): boolean =>
  error instanceof RangeError && /call stack/i.test(error.message);

/**
 * What the MDX parser could not read, as a message for an editor.
 *
 * The parser's messages are written for programmers. Here each becomes a message that names the tag or character and
 * says what to write instead. An unknown message is quoted after a sentence of ours.
 *
 * @param message from satteri, which begins with `line:column: `
 * @param text what was parsed
 * @param firstLine the line of the file on which the text begins
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
      `<${name}> is opened here but not closed ${said.includes('paragraph') ? 'in the same paragraph' : 'where it should be'}.`,
      `Write  </${name}>  where it ends, on a line of its own if it contains whole paragraphs. If it contains nothing, write  <${name} /> .`,
    );
  }
  const crossed =
    /Unexpected closing tag `<\/([^`]*)>`, expected corresponding closing tag for `<([^`]*)>` \((\d+):/.exec(said);
  if (crossed)
    return brokenMdx(
      place,
      `</${crossed[1]}> is here, but <${crossed[2]}> from line ${Number(crossed[3]) + firstLine - 1} is still open.`,
      `Write  </${crossed[2]}>  first.`,
    );
  const stray = /Unexpected closing tag `<\/([^`]*)>`/.exec(said);
  if (stray)
    return brokenMdx(
      place,
      `</${stray[1]}> closes a tag that was never opened.`,
      'Delete it, or write the opening tag before it.',
    );
  if (/expression|acorn|oxc|`\{`|`\}`/i.test(said) || rest.startsWith('{'))
    return expressionInStory(place, rest.replace(/^\{/, '') || source);

  if (rest.startsWith('<!--'))
    return brokenMdx(
      place,
      'Comments like <!-- … --> do not work in .mdx files.',
      'Write  {/* … */}  for a note that readers do not see, or delete it.',
    );
  const address = /^<((?:https?:\/\/|mailto:)?[^\s<>]+[@/.][^\s<>]*)>/.exec(rest)?.[1];
  if (address)
    return brokenMdx(
      place,
      `Addresses in < > do not work in .mdx files: <${address}>`,
      `Write  ${address}  without < and >, or  [words](${address}) .`,
    );
  if (/^<[a-z][^>]*=[^"'{\s]/.test(rest))
    return brokenMdx(
      place,
      `An attribute of this tag has no quotation marks around its value: ${rest.slice(0, 60)}`,
      'Write  name="value" , and end a tag that contains nothing with  /> .',
    );
  if (rest.startsWith('<'))
    return brokenMdx(
      place,
      `This < does not begin a component or an HTML tag: ${rest.slice(0, 60)}`,
      'Write  \\<  if it is meant as text.',
    );
  return brokenMdx(
    place,
    `This is not valid MDX${rest ? `: ${rest.slice(0, 60)}` : ''}. (The parser says: ${said.split('\n')[0]?.slice(0, 160)})`,
    'Check that every tag is closed and every attribute value is in quotation marks.',
  );
}
