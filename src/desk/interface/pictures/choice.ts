import { signal } from '@preact/signals';
import type { ChosenPicture } from '../editor/props.ts';
import type { OpenFile } from '../state/open-file.ts';

interface Asked {
  files: File[];
  /** The picture is for the text, so its texts are kept in `pictures` of the front matter. A field keeps its own. */
  isForText: boolean;
  /** Opens the texts of a picture that the story has already. */
  edits?: string;
  answer(picture: ChosenPicture | undefined): void;
}

/** Somebody needs a picture: the text, or a field of the form. The dialog answers. */
export class PictureChoice {
  readonly file: OpenFile;
  readonly asked = signal<Asked | undefined>(undefined);

  constructor(file: OpenFile) {
    this.file = file;
  }

  /** Opens the dialog. @returns nothing if it was closed without a choice */
  ask({
    files = [],
    isForText = false,
    edits,
  }: Partial<Omit<Asked, 'answer'>> = {}): Promise<ChosenPicture | undefined> {
    this.asked.value?.answer(undefined);
    return new Promise((resolve) => {
      this.asked.value = {
        files,
        isForText,
        ...(edits !== undefined && { edits }),
        answer: (picture) => {
          this.asked.value = undefined;
          resolve(picture);
        },
      };
    });
  }
}
