/**
 * Words that HTML reads as attributes: in `if a<b and c>d then`, a browser reads an element `<b>` with the attributes
 * `and` and `c`, and prints none of the three.
 */

/**
 * Names without a value that are valid in a tag: boolean attributes, those of older pages, and names that often have no
 * value.
 */
const known =
  /^(?:allowfullscreen|(?:webkit|moz|o|ms)allowfullscreen|allowtransparency|async|autofocus|autoplay|checked|compact|controls|declare|decorative|default|defer|disabled|download|formnovalidate|frameborder|hidden|inert|ismap|itemscope|loop|multiple|muted|nohref|nomodule|noresize|noshade|novalidate|nowrap|open|(?:webkit-)?playsinline|readonly|required|reversed|selected|sortable|alt|border|class|cite|datetime|dir|height|href|id|lang|name|rel|scope|src|style|target|title|width|contenteditable|draggable|spellcheck|(?:data|aria|ng|v|x|on|hx|wp)[-:].*)$/i;

/** Whether a bare name in a tag is a word of a sentence and not an attribute. */
export const isStrayWord = (name: string): boolean => /\p{L}|\p{N}/u.test(name) && !known.test(name);

/** A name without a value. Text in quotation marks has already been removed. */
const bareName = /\s([^\s"'=<>/]+)(?=[\s/>])(?!\s*=)/g;

/**
 * Whether a tag contains such words. The fast counts call it for each tag that contains a space.
 *
 * @param tag from `<` to `>`. The tag of a component never contains any, because its attributes have a schema
 */
export function hasStrayWords(tag: string): boolean {
  if (!tag.includes(' ') || /^<[A-Z]/.test(tag)) return false;
  for (const [, name] of tag.replace(/"[^"]*"/g, '""').matchAll(bareName)) if (isStrayWord(name!)) return true;
  return false;
}
