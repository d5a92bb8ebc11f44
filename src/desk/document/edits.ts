/*
 * A change to a content file, as the desk's interface describes it. The server turns it into bytes (`apply-change.ts`),
 * so that the interface needs no YAML. This file is also part of the interface.
 */

/** Where a value is: `['byline', 0, 'name']`. A key is one segment, even if it contains dots: `['pictures', 'a.jpg', 'alt']`. */
export type Path = readonly (string | number)[];

/** What a field can contain, as JSON. */
export type FieldValue =
  | string
  | number
  | boolean
  | null
  | readonly FieldValue[]
  | { readonly [key: string]: FieldValue };

/** A new value. */
export interface ValueEdit {
  path: Path;
  /** Absent (or undefined) removes the key or the list entry. A group that becomes empty is removed with it. */
  value?: FieldValue | undefined;
}

/** An entry of a list that moves to another place. Its text moves as it is, with the comments that belong to it. */
export interface MoveEdit {
  /** The list. */
  path: Path;
  move: { from: number; to: number };
}

/** A key with a new name, in its place, such as a picture that was renamed. */
export interface RenameEdit {
  path: Path;
  key: string;
}

/** A new entry before the one at the last number of the path, or after the last one. */
export interface InsertEdit {
  path: Path;
  insert: FieldValue;
}

/** One edit of a field. Each path refers to the data after the edits before it. */
export type FieldEdit = ValueEdit | InsertEdit | MoveEdit | RenameEdit;

/** What changes in a file since its base. */
export interface Change {
  edits?: readonly FieldEdit[] | undefined;
  /** Replaces everything after the front matter. */
  body?: string | undefined;
  /** Replaces the whole file, from the source view. The other two are then ignored. */
  text?: string | undefined;
}

/** What a content file contains. */
export interface ReadDocument {
  /** The data of the YAML, or an empty group if it cannot be read. */
  values: { readonly [key: string]: FieldValue };
  /** The offset in the text where the body begins. In a YAML file, the length of the text. */
  bodyStart: number;
  /** The line ending of the file. */
  eol: '\n' | '\r\n' | '\r';
  /** Why the YAML cannot be read. The line counts from 1 in the file. */
  fault?: { line: number; says: string } | undefined;
}
