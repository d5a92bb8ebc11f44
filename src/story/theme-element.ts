import * as z from 'zod';
import { defineElement, type StoryElement } from './elements.ts';

/**
 * A story component that a newsroom brings along as `theme/components/NAME.astro`: what a story may say to
 * it, read from the component itself.
 *
 * Its attributes are those of `interface Props` or `type Props` in its frontmatter: one with `?` may be left
 * out, a `boolean` stands alone without a value, a choice of words (`'left' | 'right'`) allows those, and
 * anything else is words in quotation marks. Without Props any attribute in quotation marks is allowed. What stands between
 * its tags is allowed when the component has a `<slot />`.
 *
 * @param source of the component
 */
export function elementOfComponent(source: string): StoryElement {
  const [, script = '', markup = source] =
    /^\s*---\n([\s\S]*?)\n---([\s\S]*)$/.exec(source.replaceAll('\r\n', '\n')) ?? [];
  const props = /(?:interface\s+Props\s*|type\s+Props\s*=\s*)\{([\s\S]*?)\n?\}/.exec(script)?.[1];
  return defineElement({
    description: 'A component of this newsroom.',
    example: '',
    attributes: props === undefined ? z.object({}).catchall(words) : z.strictObject(attributesIn(props)),
    children: /<slot[\s/>]/.test(markup) ? 'blocks' : 'none',
  });
}

const words = z.string('words in quotation marks are wanted here').trim().min(1, 'this is empty');

function attributesIn(props: string): Record<string, z.ZodType> {
  const text = props.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const attributes: Record<string, z.ZodType> = {};
  for (const [, name = '', optional, type = ''] of text.matchAll(
    /([A-Za-z_$][\w$]*|'[^']+')\s*(\?)?\s*:\s*([^;\n]+)/g,
  )) {
    const key = name.replaceAll("'", '');
    if (key === 'site') continue; // comes from us, not from the story
    const schema = schemaOf(type.trim());
    attributes[key] = optional ? schema.optional() : schema;
  }
  return attributes;
}

function schemaOf(type: string): z.ZodType {
  if (/^boolean\b/.test(type)) return z.boolean('write it alone, without a value');
  const choices = [...type.matchAll(/'([^']*)'|"([^"]*)"/g)].map(([, one, other]) => one ?? other ?? '');
  const isChoice = choices.length > 0 && type.replace(/'[^']*'|"[^"]*"|[|\s]/g, '') === '';
  return isChoice ? z.enum(choices as [string, ...string[]], `one of these is wanted: ${choices.join(', ')}`) : words;
}
