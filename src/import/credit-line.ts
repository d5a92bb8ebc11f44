/*
 * Captions of archives often end with a credit: "The harbour (Photo: Ann Example)", "The harbour. © Example Agency",
 * "The harbour. Foto: Bo Beispiel / dpa". A credit has its own place in a story.
 */

/** What introduces a credit, in the languages that news archives are in. */
const words =
  'photographs?|photography|photos?|picture|pictures|images?|illustrations?|graphics?|credits?|courtesy(?: of)?|fotos?|bild(?:er)?|fotografie|fotografia|fotografía|foto(?:graf)?|photographie|crédits?(?: photo)?|crédito|imagen|imagem|immagine|ilustración|grafik|afbeelding|beeld|billede|kuva|zdjęcie|фото|зображення|grianghraf';

/** `(Photo: X)`, `[Photo by X]`, or `Photo: X` after the last sentence, `© X`. */
const inBrackets = new RegExp(
  `[\\s]*[([](?:(?:${words})\\s*(?::|/|by\\b|par\\b|von\\b|por\\b|di\\b)|©|\\(c\\))\\s*([^()[\\]]{1,150})[)\\]]\\s*[.]?\\s*$`,
  'iu',
);
const atTheEnd = new RegExp(
  `(?:^|[.!?…”"»)]\\s*|\\s*[|–—]\\s*|\\s+-\\s+|\\s{2,})(?:(?:${words})(?:\\s*(?:credit|crédit))?\\s*(?::|/|\\bby\\b|\\bcourtesy of\\b)|©|\\(c\\))\\s*([^:]{1,150}?)\\s*$`,
  'iu',
);
/** Agencies, which stand in brackets or after a slash without an introduction. */
const agencies =
  /\s*[([]((?:[^()[\]]{0,80}[/,\s])?(?:Getty(?: Images)?|Reuters|AP(?: Photo)?|AFP|EPA|dpa|PA(?: Wire)?|Alamy|Shutterstock|iStock|Bloomberg|Xinhua|ANSA|EFE|TASS|Magnum(?: Photos)?|Unsplash|Flickr|Wikimedia(?: Commons)?)(?:[/,\s][^()[\]]{0,80})?)[)\]]\s*[.]?\s*$/iu;

/**
 * Separates the credit at the end of a caption. A caption in the middle of which somebody is credited stays whole.
 *
 * @param caption can be Markdown. The credit is without links
 */
export function splitCredit(caption: string): { caption?: string; credit?: string } {
  const targets: string[] = [];
  // The address in a link has signs that would end a credit.
  const text = caption
    .trim()
    .replace(/\[([^[\]]*)\](\((?:[^()\s]|\([^()\s]*\))*\))/g, (_, words: string, target: string) => {
      targets.push(target);
      return `\ue001${words}\ue002${targets.length - 1}\ue003`;
    });
  const restored = (part: string): string =>
    part.replace(
      /\ue001([^\ue002]*)\ue002(\d+)\ue003/g,
      (_, words: string, at: string) => `[${words}]${targets[Number(at)]}`,
    );
  for (const pattern of [inBrackets, atTheEnd, agencies]) {
    const found = pattern.exec(text);
    const credit = found?.[1]
      ?.replace(/\ue001|\ue002\d+\ue003/g, '')
      .trim()
      .replace(/^[\s:–—-]+|[\s,;]+$/g, '');
    if (!found || !credit || !/[\p{L}\p{N}]/u.test(credit)) continue;
    // A full stop or a bracket before the credit belongs to the caption.
    const kept = /^[.!?…”"»)]/.exec(found[0])?.[0] ?? '';
    const rest = `${text.slice(0, found.index)}${kept}`.trim();
    // The credit began in the middle of a link.
    if (rest.lastIndexOf('\ue001') > rest.lastIndexOf('\ue003')) continue;
    return { ...(rest === '' ? {} : { caption: restored(rest) }), credit: credit.replace(/(?<=[^.\s]{3})\.$/, '') };
  }
  return text === '' ? {} : { caption: restored(text) };
}

/** A credit without the word that introduces it, which the page prints in its own language. */
export const creditOf = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(new RegExp(`^[([]?\\s*(?:(?:${words})\\s*(?::|/|\\bby\\b)|©|\\(c\\))\\s*`, 'iu'), '')
    .replace(/^[(](.*)[)]$/, '$1')
    .trim();
