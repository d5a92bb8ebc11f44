import type { PictureFacts } from '../contract.ts';
import type { ChosenPicture } from '../editor/props.ts';

/** A picture on its way into the story: the file is there, its texts may be missing. */
export interface Draft {
  src: string;
  /** Relative to content/, for the thumbnail. */
  path: string;
  facts: PictureFacts;
  texts: Omit<ChosenPicture, 'src'>;
}

/** An alt that repeats the caption would be heard twice, so it is refused. */
export const altRepeatsCaption = ({ texts }: Draft): boolean =>
  Boolean(texts.alt?.trim()) && plain(texts.alt!) === plain(texts.caption ?? '');

const plain = (text: string): string => text.replace(/[*_]/g, '').replace(/\s+/g, ' ').trim().toLowerCase();

/** Alt text is required unless somebody said that the picture is decorative. The desk never guesses it. */
export const isComplete = (draft: Draft): boolean =>
  (draft.texts.decorative === true || Boolean(draft.texts.alt?.trim())) && !altRepeatsCaption(draft);
