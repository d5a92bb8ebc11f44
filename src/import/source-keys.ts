import { type Group, groupOf } from '../yaml/field-keys.ts';

/*
 * Keys that only archives have, besides those of `yaml/field-keys.ts`, which are also suggested to editors.
 */

export type SourceGroup = Group | 'link' | 'translationKey' | 'redirectTo' | 'translates' | 'sourceUrl' | 'embargo';

const more: Partial<Record<SourceGroup, string>> = {
  standfirst: 'sell intro bajada entradilla chapo vorspann subhead subhed',
  headline: 'titel titulo titre',
  address: 'path uri oldurlpath',
  addresses: 'redirectfrom oldpath oldslug formerly formerurls',
  embargo: 'embargo embargountil embargoeduntil holduntil',
  link: 'link externallink externalurl',
  sourceUrl: 'source sourceurl originalurl originallyat viaurl',
  translationKey: 'translationkey translationid langref ref i18nkey translationgroup',
  translates: 'translationof',
  redirectTo: 'redirectto redirect redirecturl',
  updated: 'dateupdated dateupdate edited',
  published: 'datetime pubtime publicationdate publishedon dateofpublication fecha datum',
  coverAlt: `photoalt alttext imagealttext imgalt featureimagealt featuredalt ogimagealt socialimagealt bannerimagealt
    leadalt picturealt headerimagealt covertext featurealt`,
  coverCaption: `cutline figcaption imagefigcaption photocaption bannercaption featurecaption featuredcaption
    thumbnailcaption imagelegend imagetitle picturecaption leadcaption headercaption featureimagecaption photocutline`,
  coverCredit: `imagecredits photocredits featuredimagecredit featureimagecredit thumbnailcredit imageauthor imagesource
    imagecopyright photoby imageby headercredit imagecreditname imageattrib pictureby picturecredit leadcredit
    bannercredit creditphoto photographercredit`,
};

/** By normalised key. */
export const sourceGroupOf = new Map<string, SourceGroup>([
  ...Object.entries(more).flatMap(([group, keys]) =>
    keys
      .split(/\s+/)
      .filter((key) => key !== '')
      .map((key): [string, SourceGroup] => [key, group as SourceGroup]),
  ),
  ...groupOf,
]);

/** Keys that name people with a role. Those without one wrote the story together with its author. */
export const roleOf = new Map<string, string | undefined>(
  Object.entries({
    Translator: 'translator translators translatedby translation uebersetzer traducteur traductor',
    Editor: 'editor editors editedby',
    Photographer: 'photographer photographers photosby photography fotograf fotografo',
    Illustrator: 'illustrator illustrators illustratedby illustrations',
    Reviewer: 'reviewer reviewers reviewedby',
    '': 'coauthor coauthors contributor contributors guestauthor reporter reporters reportedby by writtenby autor autorin auteur autores auteurs creator correspondent',
  }).flatMap(([role, keys]) => keys.split(' ').map((key): [string, string | undefined] => [key, role || undefined])),
);
