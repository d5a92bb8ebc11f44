import type { ZodType } from 'zod';
import {
  type Change as DataChange,
  editFrontMatter,
  editYaml,
  writeFrontMatter,
} from '../../yaml/write/front-matter.ts';
import type { Change, FieldEdit, FieldValue, Path } from './edits.ts';
import { bodyStartOf, eolOf, readDocument } from './read-document.ts';

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
 * The file after a change. Every byte outside of what changed stays.
 *
 * @throws Unfaithful if the change cannot be made, or if what was written would not be read back as the same data
 */
export function applyChange(text: string, change: Change, { isYaml = false, schema }: EditedKind = {}): string {
  if (change.text !== undefined) return change.text;
  const edited = (change.edits ?? []).reduce((file, edit) => applyEdit(file, edit, isYaml, schema), text);
  return change.body === undefined || isYaml ? edited : withBody(edited, change.body);
}

function applyEdit(text: string, edit: FieldEdit, isYaml: boolean, schema: ZodType | undefined): string {
  const before = readDocument(text, isYaml);
  if (before.fault)
    throw new Unfaithful(
      `Line ${before.fault.line} cannot be read: ${before.fault.says} Correct it in the source view.`,
    );
  const file = !isYaml && before.bodyStart === 0 ? withFrontMatter(text) : text;
  const changes = [dataChange(before.values, edit)];
  const made = isYaml ? editYaml(file, changes, schema) : editFrontMatter(file, changes, schema);
  if ('refused' in made) throw new Unfaithful(made.refused);
  return made.text;
}

function dataChange(values: FieldValue, edit: FieldEdit): DataChange {
  if ('key' in edit) return { path: edit.path, key: edit.key };
  if ('move' in edit) {
    const list = listAt(values, edit.path);
    const { from, to } = edit.move;
    if (!(from in list) || !(to in list)) throw new Unfaithful(notThere(edit.path));
    return { path: edit.path, value: list.toSpliced(from, 1).toSpliced(to, 0, list[from]!) };
  }
  if ('insert' in edit) {
    const path = edit.path.slice(0, -1);
    const list = listAt(values, path);
    return { path, value: list.toSpliced(Number(edit.path.at(-1)), 0, edit.insert) };
  }
  return { path: edit.path, value: edit.value };
}

function listAt(values: FieldValue, path: Path): readonly FieldValue[] {
  let value: FieldValue | undefined = values;
  for (const key of path)
    value =
      value !== null && typeof value === 'object' && Object.hasOwn(value, key)
        ? (value as Record<string | number, FieldValue>)[key]
        : undefined;
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new Unfaithful(`${path.join('.')} is not a list. Change it in the source view.`);
  return value;
}

const notThere = (path: Path): string => `The entry of ${path.join('.')} is no longer there. Reload the file.`;

function withFrontMatter(text: string): string {
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  return mark + writeFrontMatter({}).replaceAll('\n', eolOf(text)) + text.slice(mark.length);
}

const withBody = (text: string, body: string): string => text.slice(0, bodyStartOf(text)) + body;
