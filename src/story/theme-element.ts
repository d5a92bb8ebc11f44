import * as z from 'zod';
import { defineElement, type StoryElement } from './elements.ts';

/**
 * A story component that a newsroom defines as `theme/components/NAME.astro`. Its attributes and content are read
 * from the component itself.
 *
 * The attributes are those of `interface Props` or `type Props` in its frontmatter. One with `?` is optional, a
 * `boolean` is written without a value, a union of strings (`'left' | 'right'`) allows only those, and anything else
 * is text in quotation marks. Without Props, any attribute in quotation marks is allowed. Content between the tags
 * is allowed if the component has a `<slot />`.
 *
 * @param source the source of the component
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

const words = z.string('this must be text in quotation marks').trim().min(1, 'this is empty');

function attributesIn(props: string): Record<string, z.ZodType> {
  const text = props.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const attributes: Record<string, z.ZodType> = {};
  for (const [, name = '', optional, type = ''] of text.matchAll(
    /([A-Za-z_$][\w$]*|'[^']+')\s*(\?)?\s*:\s*([^;\n]+)/g,
  )) {
    const key = name.replaceAll("'", '');
    if (key === 'site') continue; // passed by Broadsheet, not by the story
    const schema = schemaOf(type.trim());
    attributes[key] = optional ? schema.optional() : schema;
  }
  return attributes;
}

function schemaOf(type: string): z.ZodType {
  if (/^boolean\b/.test(type)) return z.boolean('write it without a value');
  const choices = [...type.matchAll(/'([^']*)'|"([^"]*)"/g)].map(([, one, other]) => one ?? other ?? '');
  const isChoice = choices.length > 0 && type.replace(/'[^']*'|"[^"]*"|[|\s]/g, '') === '';
  return isChoice ? z.enum(choices as [string, ...string[]], `this must be one of ${choices.join(', ')}`) : words;
}
