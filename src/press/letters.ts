/**
 * The characters that a font must contain, determined by the language of the newsroom and not by its stories, so that
 * the fonts stay the same when a story is added, and browsers can keep them.
 *
 * Other characters are shown in a font of the reader's machine, one by one.
 */

/** Basic Latin, and characters that newspapers use. */
const common = `${range(0x20, 0x7e)}\u00a0°·–—‘’“”…€£§×−′″→©½«»`;

/** Letters of names and loan words that any paper in Latin script prints. */
const loan = 'àáâäåæçèéêëìíîïñòóôöøùúûüßœÁÄÅÉÖØÜÇ';

/**
 * The subset of those for an italic, which is used for a few words, a pull quote, or the headline of an opinion story.
 */
const loanInItalic = 'àáäåæçèéëíñóöøúüß';

/** The additional letters of a language, in alphabetical order. From the alphabets of the languages. */
const own: Record<string, string> = {
  af: '',
  az: 'əƏğĞıİşŞ',
  bs: 'čČćĆđĐšŠžŽ',
  ca: 'ÀÈÍÏÒÓÚŀĿ¡¿',
  cs: 'čČďĎěĚňŇřŘšŠťŤůŮýÝžŽÍÓÚ„',
  cy: 'ŵŴŷŶÂÊÎÔÛ',
  da: 'ÆØÅ„',
  de: '„‚',
  en: '',
  eo: 'ĉĈĝĜĥĤĵĴŝŜŭŬ',
  es: 'ÍÑÓÚ¡¿ªº',
  et: 'õÕšŠžŽ„',
  eu: 'Ñ',
  fi: 'šŠžŽ',
  fo: 'ðÐýÝÍÓÚÆ',
  fr: 'ÀÂÆÈÊËÎÏÔŒÙÛÿ\u202f‹›',
  ga: 'ÍÓÚ',
  gd: 'ÀÈÌÒÙ',
  gl: 'ÍÑÓÚ¡¿',
  hr: 'čČćĆđĐšŠžŽ',
  hu: 'őŐűŰÍÓÚ„',
  id: '',
  is: 'ðÐþÞýÝÍÓÚÆ„',
  it: 'ÀÈÌÒÙªº',
  lb: 'ËÉ„',
  lt: 'ąĄčČęĘėĖįĮšŠųŲūŪžŽ„',
  lv: 'āĀčČēĒģĢīĪķĶļĻņŅšŠūŪžŽ„',
  ms: '',
  mt: 'ċĊġĠħĦżŻ',
  nb: 'ÆØÅ',
  nl: 'ËÏ„',
  nn: 'ÆØÅ',
  no: 'ÆØÅ',
  pl: 'ąĄćĆęĘłŁńŃÓśŚźŹżŻ„',
  pt: 'ãÃõÕÀÂÊÍÓÔÚªº',
  ro: 'ăĂâÂîÎșȘțȚ„',
  sk: 'čČďĎĺĹľĽňŇŕŔšŠťŤýÝžŽÍÓÔÚ„',
  sl: 'čČšŠžŽ„',
  sq: 'Ë',
  sr: 'čČćĆđĐšŠžŽ„',
  sv: '',
  sw: '',
  tr: 'ğĞıİşŞÂÎÛ',
};

/** Languages with additional letters. Any other language gets those of western Europe, like `en`. */
export const languagesWithLetters = (): string[] => Object.keys(own);

/**
 * @param language BCP 47
 * @returns each character once. For an unknown language, those of western Europe
 */
export function lettersFor(language: string, style: 'roman' | 'italic' = 'roman'): string {
  const [base = ''] = language.toLowerCase().split('-');
  const letters = `${common}${style === 'roman' ? loan : loanInItalic}${own[base] ?? ''}`;
  return [...new Set(letters.normalize('NFC'))].join('');
}

function range(from: number, to: number): string {
  return String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, place) => from + place));
}
