/**
 * Which letters a font of ours must have, by the language of the newsroom and not by its stories: so the
 * fonts stay the same when a story comes, and readers keep them.
 *
 * Letters past these are printed in a font of the reader's machine, one by one.
 */

/** Basic Latin, and the marks of the trade. */
const common = `${range(0x20, 0x7e)}\u00a0°·–—‘’“”…€£§×−′″→©½«»`;

/** Letters of names and of words on loan that any paper in Latin script prints. */
const loan = 'àáâäåæçèéêëìíîïñòóôöøùúûüßœÁÄÅÉÖØÜÇ';

/** Of those, what an italic has: it sets a few words, a pull quote or an opinion's headline. */
const loanInItalic = 'àáäåæçèéëíñóöøúüß';

/** What a language has beside those, in the order of its alphabet. From the alphabets of the languages. */
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

/** Languages with letters of their own; any other has those of western Europe, as `en` does. */
export const languagesWithLetters = (): string[] => Object.keys(own);

/**
 * @param language BCP 47
 * @returns the letters, each once; for a language that we do not know, those of western Europe
 */
export function lettersFor(language: string, style: 'roman' | 'italic' = 'roman'): string {
  const [base = ''] = language.toLowerCase().split('-');
  const letters = `${common}${style === 'roman' ? loan : loanInItalic}${own[base] ?? ''}`;
  return [...new Set(letters.normalize('NFC'))].join('');
}

function range(from: number, to: number): string {
  return String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, place) => from + place));
}
