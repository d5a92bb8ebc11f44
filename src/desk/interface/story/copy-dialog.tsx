import { signal } from '@preact/signals';
import type { FieldValue } from '../../document/edits.ts';
import type { StoryCopy } from '../contract.ts';
import { Dialog } from '../parts/dialog.tsx';
import type { OpenFile } from '../state/open-file.ts';
import { words } from '../words.ts';

interface Offered {
  copy: StoryCopy;
  /** The keys that the form takes over. */
  taken: ReadonlySet<string>;
  answer(isStory: boolean): void;
}

/** Copies of whole stories that were pasted. Their headlines and bylines belong into the form, not into the text. */
export class OfferedCopies {
  readonly file: OpenFile;
  readonly offered = signal<Offered | undefined>(undefined);

  constructor(file: OpenFile) {
    this.file = file;
  }

  /** Asks. @returns whether only the text of the copy is to be inserted, because the form has the rest */
  offer(copy: StoryCopy): Promise<boolean> {
    this.offered.value?.answer(false);
    return new Promise((resolve) => {
      // What the form has already stays, unless somebody says otherwise.
      const taken = new Set(copy.fields.filter(({ key }) => isEmpty(this.valueOf(key))).map(({ key }) => key));
      this.offered.value = {
        copy,
        taken,
        answer: (isStory) => {
          const { taken: now } = this.offered.value ?? { taken };
          this.offered.value = undefined;
          if (isStory)
            for (const { key, value } of copy.fields) if (now.has(key)) this.file.edit({ path: [key], value });
          resolve(isStory);
        },
      };
    });
  }

  valueOf(key: string): FieldValue | undefined {
    return this.file.values.value[key];
  }
}

const isEmpty = (value: FieldValue | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Says what was found in a copied story, and which fields it fills. */
export function CopyDialog({ copies }: { copies: OfferedCopies }) {
  const offered = copies.offered.value;
  if (!offered) return null;
  const { copy, taken, answer } = offered;
  const toggle = (key: string) => {
    const now = new Set(taken);
    if (!now.delete(key)) now.add(key);
    copies.offered.value = { ...offered, taken: now };
  };
  return (
    <Dialog
      title={words.copy.title}
      says={words.copy.says}
      isOpen
      onClose={() => answer(false)}
      foot={
        <>
          <button type="button" onClick={() => answer(false)}>
            {words.copy.asText}
          </button>
          <button type="button" class="strong" onClick={() => answer(true)}>
            {words.copy.asStory}
          </button>
        </>
      }
    >
      <ul class="copy-fields">
        {copy.fields.map(({ key, words: said }) => (
          <li key={key}>
            <label class="check">
              <input type="checkbox" checked={taken.has(key)} onInput={() => toggle(key)} />
              <span>
                <b>{words.copy.fields[key] ?? key}:</b> {said}
                {!isEmpty(copies.valueOf(key)) && <small> {words.copy.hasOne}</small>}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {copy.leftOut.length > 0 && (
        <p>
          <small>{words.copy.leftOut(copy.leftOut)}</small>
        </p>
      )}
    </Dialog>
  );
}
