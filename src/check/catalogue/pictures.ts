import type { rulesByRoom } from '../../problems/rules.ts';
import { type Entry, inFolder, inFolderMdx, mdx, photo, withPhoto, withPhotoMdx } from './example.ts';

/* Picture files, and the words that are printed with them. */

const shown = '![A white ferry](photo.jpg)';
const right = withPhoto(shown);

export const pictureRules: Record<(typeof rulesByRoom)['pictures'][number], Entry> = {
  'picture-empty': {
    severity: 'error',
    means: 'A picture file has 0 bytes, usually because copying it was interrupted.',
    wrong: withPhoto(shown, 'empty'),
    right,
  },
  'picture-not-a-picture': {
    severity: 'error',
    means: 'A file that is named like a picture contains something else, such as a web page or a Git LFS pointer.',
    wrong: withPhoto(shown, 'web-page'),
    right,
  },
  'picture-format': {
    severity: 'error',
    means:
      'Broadsheet reads JPEG, PNG, WebP, AVIF, GIF, TIFF and SVG. Other formats, such as HEIC, PSD or PDF, must be exported.',
    wrong: withPhoto(shown, 'heic'),
    right,
  },
  'picture-truncated': {
    severity: 'error',
    means: 'A picture file ends too soon or is damaged, so part of the picture would be grey.',
    wrong: withPhoto(shown, 'truncated'),
    right,
  },
  'picture-too-large': {
    severity: 'error',
    means: 'A picture has more pixels than Broadsheet reads, or a drawing takes too much work to draw.',
    wrong: withPhoto(shown, 'huge'),
    right,
  },
  'picture-too-many-frames': {
    severity: 'error',
    means: 'An animation has more than 300 frames. Publish it as a video instead.',
    wrong: withPhoto(shown, 'many-frames'),
    right,
  },
  'picture-original': {
    severity: 'error',
    means:
      'The story asks to publish the original of a picture, but a zip archive is appended to the file, which readers would download with it.',
    test: 'src/press/pictures.test.ts',
  },
  'picture-changed': {
    severity: 'error',
    means: 'A picture was saved, moved or deleted while the site was being built. Run the command again.',
    test: 'src/pictures/encode.test.ts',
  },
  'picture-metadata': {
    severity: 'warning',
    means:
      'Broadsheet shows the picture, but part of its metadata is too large or damaged. A caption, credit or alt text in it is not used.',
    wrong: withPhoto(shown, 'with-long-xmp'),
    right,
  },
  'picture-remark': {
    severity: 'warning',
    means:
      'You should know something about a picture: an archive is appended to it, it is signed with Content Credentials, or a drawing contains scripts. Broadsheet publishes the picture without that part.',
    wrong: withPhoto(shown, 'with-archive'),
    right,
  },
  'picture-without-alt': {
    severity: 'error',
    means:
      'Neither the story nor the picture file says what the picture shows, for readers who cannot see it. If a picture is only decoration, mark it as decorative.',
    wrong: withPhoto('![](photo.jpg)'),
    right,
  },
  'alt-is-caption': {
    severity: 'error',
    means:
      'The alt text of a picture repeats its caption, so anyone listening would hear it twice and not learn what the picture shows.',
    wrong: withPhoto('![The first ferry leaves](photo.jpg "The first ferry leaves.")'),
    right: withPhoto('![A white ferry between two piers](photo.jpg "The first ferry leaves.")'),
  },
  'decorative-with-alt': {
    severity: 'error',
    means: 'A picture is marked as decorative, so it needs no alt text, but it has alt text.',
    wrong: withPhotoMdx('<Picture decorative src="photo.jpg" alt="A white ferry" />'),
    right: withPhotoMdx('<Picture decorative src="photo.jpg" />'),
  },
};

const table = '<Table src="berths.csv" caption="Berths" />';
const csv = 'content/stories/2025/03/ferry/berths.csv';
const heads = 'Port,Berths\n';

/** Pictures and tables as stories name them. */
export const namedRules = {
  'picture-missing': {
    severity: 'error',
    means: 'A story, page or author names a picture file that does not exist. File names are case-sensitive.',
    wrong: withPhoto('![A white ferry](foto.jpg)'),
    right,
  },
  'picture-outside': {
    severity: 'error',
    means:
      'A story names a picture outside content/. Pictures are in the folder of their story, or shared in content/pictures/.',
    wrong: withPhoto('![A white ferry](../../../../../photo.jpg)'),
    right,
  },
  'picture-unused': {
    severity: 'warning',
    means: 'The front matter has texts for a picture that the text does not show.',
    wrong: {
      [inFolder]: { front: 'pictures: { foto.jpg: { credit: Ann Example } }\n', body: shown },
      [photo]: { picture: 'jpeg' },
    },
    right: {
      [inFolder]: { front: 'pictures: { photo.jpg: { credit: Ann Example } }\n', body: shown },
      [photo]: { picture: 'jpeg' },
    },
  },
  'picture-without-name': {
    severity: 'error',
    means: 'A picture in the text has no file name between its parentheses.',
    wrong: withPhoto('![A white ferry]()'),
    right,
  },
  'picture-remote': {
    severity: 'error',
    means:
      'A picture is on another site, or is pasted into the text as data. Broadsheet prints only pictures from the newsroom, so that it can resize them and they cannot disappear.',
    wrong: withPhoto('![A white ferry](https://pictures.example/photo.jpg)'),
    right,
  },
  'picture-absolute': {
    severity: 'error',
    means: 'The path of a picture begins at the root of the site or of a disk.',
    wrong: withPhoto('![A white ferry](/images/photo.jpg)'),
    right,
  },
  'picture-wanted': {
    severity: 'warning',
    means:
      'The newsroom does not have a picture yet. Readers see its caption and credit as text, or its alt text if it has no caption. Its address is in the file, but is not published. `broadsheet import` writes pictures this way if it does not find their files.',
    wrong: mdx('<Figure wanted="https://old.example/ferry.jpg" caption="The last ferry" credit="A. Diallo" />'),
    right: withPhotoMdx('<Figure src="photo.jpg" alt="A white ferry" caption="The last ferry" credit="A. Diallo" />'),
  },
  'picture-at-hand': {
    severity: 'warning',
    means:
      'A story says that a picture is wanted, but the file is there now, so readers see it. Delete `wanted` and its address.',
    wrong: {
      [inFolder]: { front: 'pictures: { photo.jpg: { wanted: "https://old.example/ferry.jpg" } }\n', body: shown },
      [photo]: { picture: 'jpeg' },
    },
    right,
  },
  'caption-not-a-line': {
    severity: 'error',
    means:
      'A caption contains something that cannot be printed below a picture, such as another picture or a link to a story by name.',
    wrong: withPhoto('![A white ferry](photo.jpg "See [the harbour](story:2025/02/harbour)")'),
    right: withPhoto('![A white ferry](photo.jpg "See [the harbour](/2025/02/harbour/)")'),
  },
  'table-encoding': {
    severity: 'error',
    means: 'A CSV file is saved in an old encoding. Spreadsheet programs call the right one “CSV UTF-8”.',
    test: 'src/story/table-file.test.ts',
  },
  'table-broken': {
    severity: 'error',
    means: 'A CSV file cannot be read, usually because of a quotation mark inside a cell.',
    wrong: { [inFolderMdx]: { body: table }, [csv]: `${heads}The "old port,7\n` },
    right: { [inFolderMdx]: { body: table }, [csv]: `${heads}"The ""old"" port",7\n` },
  },
  'table-empty': {
    severity: 'error',
    means: 'A CSV file has no rows below its header row.',
    wrong: { [inFolderMdx]: { body: table }, [csv]: heads },
    right: { [inFolderMdx]: { body: table }, [csv]: `${heads}Galway,7\n` },
  },
  'table-too-long': {
    severity: 'error',
    means: 'A CSV file has more than 500 rows. A longer table is hard to read in a story and makes the page slow.',
    wrong: { [inFolderMdx]: { body: table }, [csv]: `${heads}${'Galway,7\n'.repeat(501)}` },
    right: { [inFolderMdx]: { body: table }, [csv]: `${heads}${'Galway,7\n'.repeat(3)}` },
  },
  'table-too-wide': {
    severity: 'error',
    means: 'A table has more than 30 columns.',
    wrong: {
      [inFolderMdx]: { body: table },
      [csv]: `${Array.from({ length: 31 }, (_, i) => `Year ${i}`).join(',')}\n${Array(31).fill('1').join(',')}\n`,
    },
    right: { [inFolderMdx]: { body: table }, [csv]: 'Year 1,Year 2\n1,2\n' },
  },
  'table-head-empty': {
    severity: 'error',
    means: 'A column of a CSV file, other than the first, has no name in the first line.',
    wrong: { [inFolderMdx]: { body: table }, [csv]: 'Port,\nGalway,7\n' },
    right: { [inFolderMdx]: { body: table }, [csv]: `${heads}Galway,7\n` },
  },
  'table-head-twice': {
    severity: 'error',
    means: 'Two columns of a CSV file have the same name.',
    wrong: { [inFolderMdx]: { body: table }, [csv]: 'Port,Berths,Berths\nGalway,7,9\n' },
    right: { [inFolderMdx]: { body: table }, [csv]: 'Port,Berths 2024,Berths 2025\nGalway,7,9\n' },
  },
  'table-columns': {
    severity: 'error',
    means: 'A row of a CSV file has more or fewer cells than the header row, often because of a comma in a number.',
    wrong: { [inFolderMdx]: { body: table }, [csv]: `${heads}Galway,1,204\n` },
    right: { [inFolderMdx]: { body: table }, [csv]: `${heads}Galway,"1,204"\n` },
  },
  'table-missing': {
    severity: 'error',
    means: 'A story names a CSV file that is not in its folder.',
    wrong: { [inFolderMdx]: { body: '<Table src="berth.csv" caption="Berths" />' }, [csv]: `${heads}Galway,7\n` },
    right: { [inFolderMdx]: { body: table }, [csv]: `${heads}Galway,7\n` },
  },
  'table-column-missing': {
    severity: 'error',
    means: 'A story asks for a column that its CSV file does not have.',
    wrong: {
      [inFolderMdx]: { body: '<Table src="berths.csv" columns="Port, Berth" caption="Berths" />' },
      [csv]: `${heads}Galway,7\n`,
    },
    right: {
      [inFolderMdx]: { body: '<Table src="berths.csv" columns="Port, Berths" caption="Berths" />' },
      [csv]: `${heads}Galway,7\n`,
    },
  },
  'table-elsewhere': {
    severity: 'error',
    means: 'A story names a table that is on another site, or a file that is not a CSV file.',
    wrong: {
      [inFolderMdx]: { body: '<Table src="https://data.example/berths.csv" caption="Berths" />' },
      [csv]: `${heads}Galway,7\n`,
    },
    right: { [inFolderMdx]: { body: table }, [csv]: `${heads}Galway,7\n` },
  },
} satisfies Record<string, Entry>;
