/*
 * The credit in the line below a picture, in the forms of agencies and newspapers. Only the form decides. A sentence
 * that names an agency is not a credit.
 */

const agencies =
  'AFP|AP|AP Photo|Associated Press|The Associated Press|Reuters|Getty(?: Images)?|EPA(?:-EFE)?|EFE|dpa|ANSA|PA|PA Wire|PA Media|PA Archive|Press Association|Alamy(?: Live News| Stock Photo)?|Shutterstock(?:\\.com)?|iStock(?:photo)?|Bloomberg(?: News)?|Xinhua|TASS|Sputnik|Kyodo(?: News)?|Jiji(?: Press)?|Yonhap|Keystone(?:-SDA)?|Imago(?: Images)?|picture[ -]alliance|ANP|NTB(?: Scanpix)?|TT(?: Nyhetsbyrån)?|Ritzau(?: Scanpix)?|Scanpix|Lehtikuva|STT|AAP|NurPhoto|Anadolu(?: Agency| via Getty Images)?|SIPA(?: Press| USA)?|ZUMA(?: Press)?|Magnum(?: Photos)?|MAXPPP|Hans Lucas|Divergence|Abaca(?:press)?|CTK|ČTK|MTI|PAP|LUSA|Belga|APA|Europa Press|LaPresse|Photopress|ddp|epd|KNA|Ullstein(?: Bild)?|akg-images|Bridgeman(?: Images)?|Unsplash|Pexels|Pixabay|Flickr|Wikimedia(?: Commons)?|Handout|Contributor|Stringer|Pool|NASA|ESA|Library of Congress|INPHO|Sportsfile|RollingNews\\.ie|Photocall Ireland|Rex Features|Rex/Shutterstock|Adobe Stock|Depositphotos|Cordon Press|Contacto|Agencia Uno|Notimex|Cuartoscuro|Télam|Agência Brasil|Folhapress|NPR|BBC(?: News)?|The New York Times|The Guardian|The Observer|The Washington Post|CNN';

const photoWords =
  'photo(?:graph(?:s|y|er)?|s)?|pictures?|images?|foto(?:s|graf(?:ie|ía|ia|in|i)?|grafía)?|bild(?:er|quelle|nachweis)?|photographie|imagen|imágenes|imagem|immagine|zdjęcie|fot|kuva|billede|foto ?credit|photo ?credits?|image ?credits?|picture ?credits?|credits?|crédit(?:s)?(?: photo)?|crédito|crediti|quelle|fotograf|illustration|grafik|graphic|infographic|фото|фотография|світлина|φωτογραφία|צילום|تصوير|写真|图片|圖片|사진';

const labelled = new RegExp(
  `(?<=^|[\\s(|—–-])(?:(?:${photoWords})(?:\\s+(?:by|credit|courtesy|von|de|par|di|por|av|af|door))?\\s*[:：]\\s*|(?:photograph|photo|picture|image|photographs|photos|pictures|images|foto)\\s+(?:by|courtesy(?: of)?|von|de|par|di|door)[:：]?\\s+)(.+?)\\)?\\s*$`,
  'iu',
);
const copyright = /(?<=^|[\s(|—–.])(?:©|\(c\)|copyright|℗)\s*(?!all rights)(.+?)\)?\s*$/iu;
const slashedAgency =
  /(?<=^|[.!?…»”"'’)]\s*|\s[|—–-]\s*)((?:\p{Lu}[\p{L}\p{M}.'’-]*(?:\s+(?:de|la|van|von|der|del|di|al|el|bin)\s+|[\s-]+|\s*,\s*|\s*&\s*|\s+(?:for|via|pour|für|para)\s+(?:the\s+)?)?){1,8}\s*(?:\/|\s[|]\s)\s*\p{L}[\p{L}\p{M}\p{N} ./&'’-]{1,60}?)\s*$/u;
const agencyAlone = new RegExp(
  `(?<=^|[.!?…»”"'’)]\\s*|\\s[|—–-]\\s*)((?:\\p{Lu}[\\p{L}\\p{M}.'’-]*\\s+){0,4}(?:via\\s+|for\\s+(?:the\\s+)?)?(?:${agencies})(?:\\s+via\\s+(?:${agencies}))?)\\.?\\s*$`,
  'u',
);
const inBrackets = new RegExp(
  `\\(((?:[^()]{0,60}[/,|]\\s*)?(?:${agencies})(?:\\s*/[^()]{1,60}|\\s+via [^()]{1,40})?|AP Photo/[^()]{1,60}|[^()]{1,50}/[^()]{1,40})\\)\\s*$`,
  'u',
);
/** Some papers write agencies in small letters. */
const agencyInBrackets = new RegExp(`\\(((?:${agencies}))\\)\\s*$`, 'iu');
const reutersFirst = /(?<=^|[.!?…»”"'’)]\s*)((?:REUTERS|AP|EPA|AFP|dpa)\s*\/\s*\p{Lu}[\p{L}\p{M} .'’-]{1,60}?)\s*$/u;
const nytCredit = /(?<=^|\s|[.!?”])Credit\s*(?:\.\.\.|…)\s*(.+)$/u;

/** The end of a Reuters caption. */
const licensing =
  /\s*(?:Purchase Licensing Rights|Acquire Licensing Rights|Licensing Rights)(?:\s*,?\s*opens (?:in a )?new tab)?\.?\s*$/iu;

export interface CaptionLine {
  caption?: string;
  credit: string;
}

const creditCharsMax = 120;
/** A longer line is running text. */
const lineCharsMax = 900;

/**
 * The caption and the credit of a line that ends with a credit: `Boats at dawn. Photo: A. Diallo / Reuters`, `Boats at
 * dawn (AP Photo/A. Diallo)`, `© A. Diallo`.
 *
 * @returns undefined if the line does not end with a credit in a known form
 */
export function readCredit(line: string): CaptionLine | undefined {
  if (line.length > lineCharsMax) return undefined;
  const text = line.replace(licensing, '').replace(/\s+/g, ' ').trim();
  for (const pattern of [
    nytCredit,
    labelled,
    inBrackets,
    agencyInBrackets,
    reutersFirst,
    slashedAgency,
    copyright,
    agencyAlone,
  ]) {
    const match = pattern.exec(text);
    if (match === null) continue;
    let credit = trimCredit(match[1] ?? '');
    let caption = trimCaption(text.slice(0, match.index));
    // In "the photo: A. Diallo" the word belongs to a sentence, and in "Photo: A. Diallo" it is a label.
    if (pattern === labelled && caption !== '' && !isLabel(text, match.index, caption)) continue;
    if (pattern === labelled && !/^[\p{Lu}\p{Lo}\p{N}@©]/u.test(credit) && !lowerCaseCredit.test(credit)) continue;
    // "Ann Example (EFE)" names nobody but the photographer.
    if (pattern === inBrackets && nameOnly.test(caption)) {
      credit = `${caption} (${credit})`;
      caption = '';
    }
    const [, sentence, name] = pattern === inBrackets ? (nameAfterSentence.exec(caption) ?? []) : [];
    if (sentence !== undefined && name !== undefined) {
      caption = sentence;
      credit = `${name} (${credit})`;
    }
    if (credit === '' || credit.length > creditCharsMax || !/[\p{L}\p{N}]/u.test(credit)) continue;
    // "Photo: the moment that changed a town. He said so." is a sentence, not a name.
    if (/[.!?]\s+\p{Lu}\p{Ll}{2,}\s+\p{Ll}/u.test(credit) || credit.split(' ').length > 14) continue;
    return caption === '' ? { credit } : { caption, credit };
  }
  return undefined;
}

/** "Boats at dawn. Ann Example" before "(EFE)". */
const nameAfterSentence = /^(.*[.!?…»”"])\s+(\p{Lu}[\p{L}\p{M}.'’-]+(?:\s+\p{Lu}[\p{L}\p{M}.'’-]+){1,3})$/u;

const lowerCaseCredit = new RegExp(`^(?:courtesy|private|privat|(?:${agencies})(?![\\p{L}]))`, 'iu');

const nameOnly = /^\p{Lu}[\p{L}\p{M}.'’-]+(?:\s+\p{Lu}[\p{L}\p{M}.'’-]+){1,3}$/u;

const isLabel = (text: string, at: number, caption: string): boolean =>
  /[(|—–\]/.!?…»”"’)-]\s*$/.test(text.slice(0, at)) || (/^\p{Lu}/u.test(text.slice(at)) && caption.includes(' '));

const trimCredit = (text: string): string =>
  text
    .replace(/^[\s:|–—-]+/, '')
    .replace(/[\s.,;|]+$/, (end) => (/\b(?:Inc|Ltd|Co|Jr|Sr)$/.test(text.slice(0, -end.length)) ? '.' : ''))
    .replace(/^\((.*)\)$/, '$1')
    .trim();

const trimCaption = (text: string): string => text.replace(/[\s(|–—]+$|\s-\s*$/u, '').trim();
