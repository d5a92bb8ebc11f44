import { isDeepStrictEqual } from 'node:util';
import type { ZodType } from 'zod';
import { printableData } from '../../site/printable.ts';
import {
  type Edited,
  editFrontMatter,
  editYaml,
  writeFrontMatter,
  type Change as YamlChange,
} from '../../yaml/write/front-matter.ts';
import type { Change, FieldEdit, ReadDocument } from './edits.ts';
import { bodyStartOf, eolOf, readDocument } from './read-document.ts';
import { fieldValueAt, listAt, NoSuchPlace, pathIn, withFieldEdit } from './values.ts';

/** How a file is edited. */
export interface EditedKind {
  /** The whole file is YAML. */
  isYaml?: boolean;
  /** New keys are written where the schema has them. Without it, they come last. */
  schema?: ZodType | undefined;
}

/** A change that cannot be made without changing something else. The message is for an editor. */
export class Unfaithful extends Error {}

/**
 * The file after a change. Every byte outside of what changed stays. The result is read back and compared with what the
 * edits should give.
 *
 * @throws Unfaithful if the change cannot be made. Then nothing of it is
 */
export function applyChange(text: string, change: Change, { isYaml = false, schema }: EditedKind = {}): string {
  if (change.text !== undefined) return change.text;
  let file = text;
  const { edits = [], body } = change;
  if (edits.length > 0) {
    let { values, fault } = readDocument(text, isYaml);
    if (fault)
      throw new Unfaithful(`Line ${fault.line} cannot be read. ${fault.says} Correct it in the source view first.`);
    if (!isYaml && bodyStartOf(text) === 0) file = withFrontMatter(text);
    for (const edit of edits) {
      const expected = expectedAfter(values, edit);
      file = withEdit(file, values, expected, edit, isYaml, schema);
      values = expected;
    }
  }
  return body === undefined || isYaml ? file : withBody(file, body);
}

function expectedAfter(values: ReadDocument['values'], edit: FieldEdit): ReadDocument['values'] {
  try {
    return printableData(withFieldEdit(values, edit));
  } catch (error) {
    if (!(error instanceof NoSuchPlace)) throw error;
    throw new Unfaithful(`${nameOf(edit)} cannot be changed, because something else is there now. Reload the file.`);
  }
}

function withEdit(
  file: string,
  values: ReadDocument['values'],
  expected: ReadDocument['values'],
  edit: FieldEdit,
  isYaml: boolean,
  schema: ZodType | undefined,
): string {
  let refused: string | undefined;
  for (const changes of waysOf(values, expected, edit)) {
    const made = attempt(() => (isYaml ? editYaml(file, changes, schema) : editFrontMatter(file, changes, schema)));
    if ('text' in made) {
      const read = readDocument(made.text, isYaml);
      if (!read.fault && isDeepStrictEqual(read.values, expected) && isSameBody(file, made.text, isYaml))
        return made.text;
    } else refused ??= made.refused;
  }
  throw new Unfaithful(refused ?? `${nameOf(edit)} cannot be changed here. Change it in the source view.`);
}

/** The writer throws if a path does not fit the data, for example because a list is written as text. */
function attempt(write: () => Edited): Edited {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { refused: 'This is written in a way that a form cannot change. Change it in the source view.' };
  }
}

/** What the writer of YAML is asked to do, the narrowest change first. */
function* waysOf(
  values: ReadDocument['values'],
  expected: ReadDocument['values'],
  edit: FieldEdit,
): Generator<YamlChange[]> {
  const path = pathIn(values, edit.path);
  if ('key' in edit) {
    yield [{ path, key: edit.key }];
    return;
  }
  if ('move' in edit) yield [{ path, ...edit.move }];
  else if ('insert' in edit) {
    const list = path.slice(0, -1);
    if (Array.isArray(fieldValueAt(values, list))) yield [{ path: list, value: listAt(expected, list) }];
  } else yield [{ path, value: edit.value }];
  // The value of the whole key. Only what differs in it is written.
  for (let length = path.length - 1; length > 0; length--) {
    const above = path.slice(0, length);
    yield [{ path: above, value: fieldValueAt(expected, above) }];
  }
}

const nameOf = ({ path }: FieldEdit): string => `The field  ${path.join(' › ')} `;

function withFrontMatter(text: string): string {
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  return mark + writeFrontMatter({}).replaceAll('\n', eolOf(text)) + text.slice(mark.length);
}

const isSameBody = (before: string, after: string, isYaml: boolean): boolean =>
  isYaml || before.slice(bodyStartOf(before)) === after.slice(bodyStartOf(after));

function withBody(text: string, body: string): string {
  const start = bodyStartOf(text);
  const head = text.slice(0, start);
  const isOpen = start > 0 && body !== '' && !/[\r\n]$/.test(head);
  const mark = start === 0 && text.startsWith('\ufeff') ? '\ufeff' : '';
  const made = `${mark}${head}${isOpen ? eolOf(text) : ''}${body}`;
  if (bodyStartOf(made) === start + (isOpen ? eolOf(text).length : 0)) return made;
  throw new Unfaithful(
    'A text that begins with a line of three hyphens would be read as front matter. Begin it with other words, or give the file a headline first.',
  );
}
