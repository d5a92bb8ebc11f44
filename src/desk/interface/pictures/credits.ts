import { type Signal, signal } from '@preact/signals';
import { api } from '../api.ts';
import type { OpenFile } from '../state/open-file.ts';
import { valueAt } from '../state/values.ts';
import { pathOf } from './thumbnails.ts';

/** Who made each picture of a text, as its page will print it: what the story says, or else what comes with the file. */
export class PictureCredits {
  private readonly file: OpenFile;
  private readonly ofFiles = new Map<string, Signal<string | undefined>>();

  constructor(file: OpenFile) {
    this.file = file;
  }

  /** A drawing that asks is drawn again when the answer changes. */
  of(src: string): string | undefined {
    const own = valueAt(this.file.values.value, ['pictures', nameOf(src), 'credit']);
    return typeof own === 'string' ? own : this.ofFile(src).value;
  }

  set(src: string, credit: string): void {
    this.file.edit({ path: ['pictures', nameOf(src), 'credit'], ...(credit !== '' && { value: credit }) });
  }

  private ofFile(src: string): Signal<string | undefined> {
    const known = this.ofFiles.get(src);
    if (known) return known;
    const credit = signal<string | undefined>(undefined);
    this.ofFiles.set(src, credit);
    if (!/^https?:/i.test(src) && src !== '')
      api.pictureTexts(pathOf(this.file.path, nameOf(src)).replace(/^picture:/, 'pictures/')).then(
        (texts) => {
          credit.value = texts.credit;
        },
        () => undefined, // it is shown without a credit
      );
    return credit;
  }
}

/** A picture as the front matter names it. */
const nameOf = (src: string): string => src.replace(/^\.\//, '');
