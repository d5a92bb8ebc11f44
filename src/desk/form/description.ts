/*
 * What the fields of a form are. `describe.ts` makes descriptions from the schemas on the server, and the interface
 * draws forms from them, so that no field is listed twice. This file is also part of the interface.
 */

/** The form of one kind of file, or of one component in a text. */
export interface FormDescription {
  /** `story`, `page`, `author`, `topic`, `series`, `site`, `front`, `picture`, or the name of a component. */
  name: string;
  /** One sentence about a component. */
  help?: string;
  fields: Field[];
  /** A file whose keys the newsroom chooses: topics and series, by id. It has no other fields. */
  entries?: Extract<ValueKind, { kind: 'map' }>;
  /** Whether a component can have attributes that are not listed. */
  hasOtherFields?: boolean;
  /** What a component contains, as in `story/elements.ts`: `none`, `text`, `blocks`, `list` … */
  content?: string;
  /** The content of a component is optional. */
  mayBeEmpty?: boolean;
  /** A component as an editor would write it. */
  example?: string;
}

/** The forms of every kind of file, by its name, and of every component, by its name. */
export type FormDescriptions = Record<FileFormName, FormDescription> & { elements: Record<string, FormDescription> };

export type FileFormName = 'story' | 'page' | 'author' | 'topic' | 'series' | 'site' | 'front' | 'picture';

/** One key of a file, or one attribute of a component. */
export interface Field {
  key: string;
  /** What the form calls it: `Old addresses`. */
  label: string;
  /** One or two sentences, plain text, from the schema. */
  help: string;
  isRequired: boolean;
  /** Whether the form shows it at once, or folds it away. */
  group: 'main' | 'more';
  /** The value if the key is absent, if it is always the same. */
  default?: string | number | boolean;
  value: ValueKind;
}

/** What a value can be, and how it is entered. */
export type ValueKind =
  /** `day` is a day, a month, or a year. `date` can have a time. */
  | { kind: 'text' | 'longText' | 'date' | 'day' | 'url' | 'focus' | 'language' | 'timeZone' }
  | { kind: 'number'; isWhole: boolean; min?: number; max?: number }
  | { kind: 'yesNo' }
  /** The words are values. Labels are for people. */
  | { kind: 'choice'; choices: { value: string | number | boolean; label: string }[] }
  /** A name of something in the newsroom, with completion. A person, a topic, and a series can also be as printed. */
  | { kind: 'person' | 'topic' | 'section' | 'series' | 'pictureFile' | 'tableFile' }
  /** With `isLink`, it is written as in a link: `story:2025/02/harbour`. */
  | { kind: 'story'; isLink?: true }
  | { kind: 'list'; entry: ValueKind; entryLabel: string }
  | { kind: 'group'; fields: Field[] }
  /** A picture with its texts: a group whose fields have a dialog of their own. */
  | { kind: 'picture'; fields: Field[] }
  /** Keys that the newsroom chooses, such as file names. */
  | { kind: 'map'; keys: 'pictureFile' | 'text'; keyLabel: string; entry: ValueKind }
  /** A value that can be written in several ways, the shortest first. */
  | { kind: 'union'; options: { label: string; value: ValueKind }[] };
