/** What kind of picture it is, as the credit says it; `file` is an old one, shown with its date. */
export const pictureKinds = [
  'photograph',
  'illustration',
  'photo-illustration',
  'graphic',
  'map',
  'handout',
  'file',
] as const;
export type PictureKind = (typeof pictureKinds)[number];
