import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decoding } from '../pictures/metadata.ts';
import { escapeAttribute } from '../site/markup.ts';
import { type DeskPicture, deskWords, type PictureUse } from './pictures.ts';

/**
 * A contact sheet: the pictures with every text that is printed with them, its source, and what is missing. It is one
 * file that includes the small pictures.
 *
 * @param root the newsroom's folder
 * @param title such as "2025/02/harbour-reopens"
 * @param shown pictures with the uses to print. A picture without a use is printed by itself
 */
export async function contactSheet(root: string, title: string, shown: readonly DeskPicture[]): Promise<string> {
  const figures: string[] = [];
  for (const picture of shown) {
    const data = await thumbnail(join(root, picture.path));
    for (const use of picture.uses.length > 0 ? picture.uses : [undefined]) figures.push(figure(picture, use, data));
  }
  return `<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeAttribute(title)}</title>
<style>${style}</style>
<h1>${escapeAttribute(title)}</h1>
<main>
${figures.join('\n')}
</main>
</html>
`;
}

function figure(picture: DeskPicture, use: PictureUse | undefined, data: string): string {
  const words = use?.words ?? picture.words;
  const rows = deskWords.flatMap((key) => {
    const word = words[key];
    if (word) return [`<dt>${names[key]}</dt><dd>${escapeAttribute(word.value)} <i>${word.from}</i></dd>`];
    if (use?.isDecorative && key === 'alt') return [`<dt>${names.alt}</dt><dd><i>decorative</i></dd>`];
    return [];
  });
  const lacks = (use?.missing ?? []).map((what) => `<li>no ${what}</li>`).join('');
  const where = use ? `${use.file}:${use.line}${use.isLead ? ', lead' : ''}` : 'not shown anywhere';
  const refused = (use?.refused ?? []).map((message) => `<p class="bad">${escapeAttribute(message)}</p>`).join('');
  return `<figure><img src="${data}" alt="">
<figcaption><b>${escapeAttribute(picture.path.slice(picture.path.lastIndexOf('/') + 1))}</b> ${picture.widthPx} × ${picture.heightPx}
<p>${escapeAttribute(where)}</p>${lacks && `<ul class="bad">${lacks}</ul>`}${refused}<dl>${rows.join('')}</dl></figcaption></figure>`;
}

async function thumbnail(file: string): Promise<string> {
  const { default: sharp } = await import('sharp');
  const small = await sharp(await readFile(file), decoding)
    .autoOrient()
    .resize(480, 480, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .jpeg({ quality: 70 })
    .toBuffer()
    .catch(() => undefined);
  return small ? `data:image/jpeg;base64,${small.toString('base64')}` : 'data:,';
}

const names: Record<(typeof deskWords)[number], string> = {
  alt: 'Alt',
  caption: 'Caption',
  credit: 'Credit',
  kind: 'Kind',
  date: 'Date',
  place: 'Place',
  description: 'Description',
  copyright: 'Copyright',
  licence: 'Licence',
  reuse: 'Reuse',
  sourceType: 'Source type',
  focus: 'Focus',
};

const style = `:root{color-scheme:light dark}body{margin:1.5rem;font:.875rem/1.4 system-ui,sans-serif}h1{font-size:1.25rem}
main{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(20rem,100%),1fr));gap:1.5rem;align-items:start}
figure{margin:0;break-inside:avoid}img{inline-size:100%;block-size:14rem;object-fit:contain;background:#8883}
figcaption{overflow-wrap:anywhere}p{margin:.25rem 0}dl{margin:.5rem 0;display:grid;grid-template-columns:auto 1fr;gap:.125rem .75rem}
dt{font-weight:600}dd{margin:0;min-inline-size:0}i{font-size:.75rem;opacity:.75}.bad{margin:.25rem 0;padding:.25rem .5rem;
background:#b00020;color:#fff;list-style:none}ul.bad li{display:inline}ul.bad li+li::before{content:", "}`;
