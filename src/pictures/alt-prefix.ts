import { comparable } from './plain-text.ts';

/**
 * The part of an alt text after words such as "Image of", in the form that `comparable` returns. It is the same text if
 * there are no such words or nothing else.
 *
 * Every language in `i18n/languages` has its words here, and all are tried, because alt text can be in the language of
 * the story or of the file.
 *
 * @example withoutPrefix('A photo of the harbour') // 'the harbour'
 */
export function withoutPrefix(alt: string): string {
  const text = comparable(alt);
  const rests = Object.values(prefixes)
    .map((prefix) => text.replace(prefix, ''))
    .filter((rest) => rest !== '');
  // "Photo de la gare" begins like English, so the language that matches the longest prefix is used.
  return rests.reduce((shortest, rest) => (rest.length < shortest.length ? rest : shortest), text);
}

/** By language, for comparable text: lower case, one space between words, with apostrophes and colons as spaces. */
export const prefixes: Readonly<Record<string, RegExp>> = {
  ar: /^(?:ال)?(?:صورة فوتوغرافية|صورة|رسم|خريطة|لقطة شاشة)(?: (?:من|تظهر|تبين))? /u,
  en: /^(?:(?:an?|the|this) )?(?:image|picture|pic|photo|photograph|photo illustration|illustration|drawing|graphic|map|screenshot|close up)(?: (?:of|showing|shows|depicting|depicts))? /u,
  de: /^(?:(?:ein|eine|das|die|dieses|diese) )?(?:bild|foto|fotografie|photo|aufnahme|abbildung|illustration|zeichnung|grafik|karte|bildschirmfoto)(?: (?:von|vom|zeigt|mit))? /u,
  fr: /^(?:(?:une?|la|le|l|cette|ce) )?(?:image|photo|photographie|illustration|dessin|graphique|carte|capture d écran)(?: (?:de|du|des|d|montrant|montre|représentant))? /u,
  es: /^(?:(?:una?|la|el|esta|este) )?(?:imagen|foto|fotografía|ilustración|dibujo|gráfico|mapa|captura de pantalla)(?: (?:de|del|que muestra|muestra|mostrando))? /u,
  ga: /^(?:(?:an|seo) )?(?:íomhá|pictiúr|grianghraf|léaráid|léiriú|graf|léarscáil|gabháil scáileáin)(?: (?:de|den|d|a thaispeánann|ag taispeáint))? /u,
  uk: /^(?:(?:це|на цьому|на цій|на) )?(?:зображення|зображенні|картинка|фото|фотографія|фотографії|світлина|світлині|ілюстрація|ілюстрації|малюнок|малюнку|графіка|карта|мапа|знімок екрана|скриншот)(?: (?:із зображенням|зображено|показує|показано))? /u,
};
