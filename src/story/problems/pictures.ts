import { nearest } from '../../problems/nearest.ts';
import { error, type Finding, warning } from '../../problems/problem.ts';
import { proposedName } from '../picture-file.ts';
import { type BodyProblem, didYouMean, short, type TextPlace } from './shared.ts';

/* Problems with the place of a picture and with its caption. Its other texts are checked in `pictures/`. */

/** @param desk the folder of shared pictures, if `src` begins with `picture:` */
export const pictureOutside = (src: string, desk: string | undefined): Finding =>
  desk === undefined
    ? error(
        'picture-outside',
        {},
        `The picture "${src}" is outside content/.`,
        'Put it in the folder of the story and write only its name.',
      )
    : error(
        'picture-outside',
        {},
        `"${src}" cannot be the name of a picture in ${desk}.`,
        'Write  picture:  and the name of a file there, without its extension.',
      );

/** @param path where it would be @param names of the files there @param desk as for `pictureOutside` */
export function pictureMissing(src: string, path: string, names: string[], desk: string | undefined): Finding {
  if (desk === undefined)
    return error(
      'picture-missing',
      {},
      `There is no picture "${src}" (${path}).`,
      didYouMean(nearest(src, names), 'Put the file in the folder of the story, or correct the name.'),
    );
  const ids = names.map((name) => `picture:${name.replace(/\.\w+$/, '')}`);
  return error(
    'picture-missing',
    {},
    `There is no picture "${src}" in ${desk}.`,
    didYouMean(nearest(src, ids), `Put the file in ${desk}, or correct the name.`),
  );
}

/**
 * @param wanted the address @param src the name that the file should have
 * @param isUnnamed the story does not give that name @param isThere a file of that name exists
 */
export function pictureWanted(
  wanted: string,
  { src, isUnnamed, isThere }: { src: string; isUnnamed?: true | undefined; isThere: boolean },
): Finding {
  const name = short(src);
  const write = isUnnamed ? `write  src  and the name  ${name}  instead of  wanted  and the address` : 'delete  wanted';
  return warning(
    'picture-wanted',
    {},
    `The newsroom does not have this picture yet, so readers see its caption and credit as text: ${wanted}`,
    isThere
      ? `A file ${name} is in the folder of the story. If it is this picture, ${write}.`
      : `If you have the right to use it, save it in the folder of the story as ${name}. Then ${write}.`,
  );
}

/** @param src the file, which exists and is shown */
export const pictureAtHand = (src: string, wanted: string): Finding =>
  warning(
    'picture-at-hand',
    {},
    `The picture "${short(src)}" is shown. The story still says that it is wanted: ${wanted}`,
    'Delete  wanted  and the address.',
  );

/** @param found what is wrong with the file itself */
export const pictureUnusable = (
  src: string,
  { rule, reason, hint }: { rule: Finding['rule']; reason: string; hint?: string },
): Finding => error(rule, {}, `The picture "${src}" cannot be used: ${reason}`, hint);

/** @param src the picture, unless the file is that of the picture @param reason a sentence */
export const captionNotALine = (reason: string, src?: string): Finding =>
  error(
    'caption-not-a-line',
    {},
    `The caption${src === undefined ? '' : ` of "${src}"`} cannot be printed: ${reason}`,
    'Write a sentence or two. A caption can contain links to addresses, and *emphasis*.',
  );

/** Why a caption cannot be printed. */
export const captionReasons = {
  story: 'A caption can link to an address but not to a story by name.',
  picture: 'A caption cannot contain a picture.',
};

/** What to do about a lead picture without alt text, which is in the front matter. */
export const altOfLead =
  'Add a line below  lead: , indented by two more spaces:  alt: What can be seen in the picture . If the picture is only decoration, write  decorative: true  instead.';

/** Why the name of a picture or table cannot be used. */
export type NameFault = 'none' | 'remote' | 'pasted' | 'absolute';

/** @param kind of file that the name should refer to */
export function wrongName(
  place: TextPlace,
  fault: NameFault,
  written: string,
  kind: 'picture' | 'table' = 'picture',
): BodyProblem {
  if (kind === 'table')
    return error(
      'table-elsewhere',
      place,
      `The table "${short(written)}" is not in the folder of the story.`,
      'Save it as a .csv file in the folder of the story and write its name.',
    );
  switch (fault) {
    case 'none':
      return error(
        'picture-without-name',
        place,
        'This picture has no file name.',
        'Write the name of a file in the folder of the story:  ![what is seen](photo.jpg "caption") .',
      );
    case 'remote':
      return error(
        'picture-remote',
        place,
        `The picture "${short(written)}" is on another site. Broadsheet prints only pictures from the folder of the story, so that it can resize them and they cannot disappear.`,
        `If you have the right to use it, save it in the folder of the story and write its name. Until then, write a name such as  ${short(proposedName(written))}  and put the address into the front matter:  pictures: { ${short(proposedName(written))}: { wanted: ADDRESS } } . Otherwise make it a link.`,
      );
    case 'pasted':
      return error(
        'picture-remote',
        place,
        `A picture is pasted into the text as data ("${written.slice(0, 30)}…"). Broadsheet prints only pictures that are files in the folder of the story.`,
        'Save it in the folder of the story and write its name. `broadsheet import` turns such pictures into links or words.',
      );
    case 'absolute':
      return error(
        'picture-absolute',
        place,
        `The picture "${short(written)}" has a path that begins at the root of the site or disk.`,
        `Put the file in the folder of the story and write  ${short(
          written
            .replace(/[?#].*$/, '')
            .split(/[/\\]/)
            .at(-1) ?? '',
        )} .`,
      );
  }
}
