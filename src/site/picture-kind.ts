/** The kind of a picture, as printed with the credit. `file` is an old picture, shown with its date. */
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
