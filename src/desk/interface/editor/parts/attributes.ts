import type { Field } from '../../../form/description.ts';
import type { ComponentAttribute } from '../markdown/schema.ts';

/** The values of attributes, which are text or true, as fields have them. */
export function valuesOf(
  fields: readonly Field[],
  attributes: readonly ComponentAttribute[],
): Record<string, string | number | boolean> {
  const values: Record<string, string | number | boolean> = {};
  for (const { key, value: kind } of fields) {
    const value = attributes.find(({ name }) => name === key)?.value;
    if (value === undefined) continue;
    if (kind.kind === 'yesNo') values[key] = true;
    else if (kind.kind === 'number' && value !== true && value.trim() !== '' && Number.isFinite(Number(value)))
      values[key] = Number(value);
    else if (kind.kind === 'choice')
      values[key] = kind.choices.find((choice) => String(choice.value) === String(value))?.value ?? value;
    else values[key] = value;
  }
  return values;
}

/** What a field sends, as an attribute. */
export const attributeValue = (value: unknown): string | true | undefined =>
  value === undefined || value === null || value === false ? undefined : value === true ? true : String(value);

/** Attributes keep their order. A new one takes the place that it has in the description. */
export function withAttribute(
  attributes: readonly ComponentAttribute[],
  fields: readonly Field[],
  key: string,
  value: string | true | undefined,
): ComponentAttribute[] {
  const isIn = attributes.some(({ name }) => name === key);
  if (value === undefined || value === '') return attributes.filter(({ name }) => name !== key);
  if (isIn) return attributes.map((attribute) => (attribute.name === key ? { name: key, value } : attribute));
  const order = fields.map((field) => field.key);
  const later = new Set(order.slice(order.indexOf(key) + 1));
  const at = attributes.findIndex(({ name }) => later.has(name));
  return attributes.toSpliced(at < 0 ? attributes.length : at, 0, { name: key, value });
}
