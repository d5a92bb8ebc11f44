import type { Role } from '../arrange/block.ts';

/** What a paragraph style means. */
export type StyleRole = Role | { heading: number } | 'quote' | 'code' | 'contents' | 'list';

const names: readonly (readonly [RegExp, StyleRole])[] = [
  [
    /^(?:toc|table of contents|contents|verzeichnis|inhaltsverzeichnis|tm|table des matières|tdc|sommario|inhopg|index)\b.*\d*$/,
    'contents',
  ],
  [
    /^(?:title|story title|headline|head line|hed|titel|titre|título|titulo|titolo|überschrift|schlagzeile|artikeltitel|rubrik|otsikko|tytuł|název|naslov|заголовок|main title|article title|dokumenttitel|manchete|kop)$/,
    'title',
  ],
  [
    /^(?:subtitle|sub title|sub-title|standfirst|deck|dek|lede|lead|lead paragraph|intro|introduction|teaser|vorspann|unterzeile|untertitel|anlauf|dachzeile unten|sous-titre|sous titre|chapô|chapo|chapeau|subtítulo|subtitulo|entradilla|bajada|sottotitolo|occhiello basso|sommario articolo|ondertitel|inleiding|underrubrik|ingress|undertittel|underrubrik|undertitel|manchet|alaotsikko|ingressi|podtytuł|lid|perex|подзаголовок|лид)$/,
    'standfirst',
  ],
  [
    /^(?:kicker|eyebrow|overline|strapline|dachzeile|spitzmarke|rubrik oben|surtitre|antetítulo|antetitulo|volanta|occhiello|bovenkop|vignett|stikktittel)$/,
    'kicker',
  ],
  [
    /^(?:byline|by-line|author|authors|autor|autorin|autoren|autorenzeile|auteur|signature|firma|autore|byline name|skribent|forfatter|kirjoittaja|автор)$/,
    'byline',
  ],
  [/^(?:dateline|date line|spitzmarke ort|ortsmarke|lieu)$/, 'dateline'],
  [
    /^(?:caption|picture caption|photo caption|image caption|figure caption|figure|beschriftung|bildunterschrift|bildtext|bu|bildlegende|légende|legende|epígrafe|epigrafe|pie de foto|leyenda|didascalia|legenda|bijschrift|fotobijschrift|bildtext|billedtekst|kuvateksti|podpis|titulek|подпись|abbildung|illustration|drawing)$/,
    'caption',
  ],
  [
    /^(?:credit|photo credit|picture credit|image credit|bildnachweis|fotonachweis|crédit|crédit photo|crédito|fotograf)$/,
    'credit',
  ],
  [
    /^(?:pull ?quote|pullquote|pull-quote|breakout|zitat groß|heraushebung|exergue|citation en exergue|destacado|sumario|virgolettato|lyftcitat|löpcitat)$/,
    'pull',
  ],
  [
    /^(?:quote|quotations?|block ?quote|block quotation|block text|intense quote|zitat|blockzitat|intensives zitat|citation|citation intense|bloc de citation|cita|cita destacada|cita en bloque|citazione|citazione intensa|citaat|duidelijk citaat|citat|stark citat|sitat|sterkt sitat|lainaus|cytat|citát|цитата)$/,
    'quote',
  ],
  [
    /^(?:code|source code|preformatted text|html preformatted|vorformatierter text|texte préformaté|texto preformateado|plain text)$/,
    'code',
  ],
];

const heading =
  /^(?:heading|h|überschrift|ueberschrift|titre|título|titulo|titolo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|naslov|заголовок|encabezado|intertítulo|head)\s*(\d)$/;
const subhead =
  /^(?:heading|subhead|subheading|sub-heading|crosshead|cross head|cross-head|zwischentitel|zwischenüberschrift|intertitre|inter-titre|intertítulo|ladillo|despiece|titoletto|tussenkop|tussenkopje|mellanrubrik|mellomtittel|mellemrubrik|väliotsikko|śródtytuł|mezititulek|подзаголовок в тексте)$/;

/**
 * What a style means by its name, in the languages of Word and LibreOffice and in the words of newsrooms.
 *
 * @param name as shown to authors, or the id of the style
 */
export function roleOfStyle(name: string): StyleRole | undefined {
  const folded = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/^(?:bs|article|artikel|story|texte?|news|print|web|copy|doc)[\s_:/-]+(?=\p{L})/u, '')
    .replace(/[_\s]+/g, ' ')
    .replace(/\s*(?:char|zchn|car|carattere)$/u, '')
    .trim();
  const level = heading.exec(folded)?.[1];
  if (level !== undefined) return { heading: Math.max(1, Math.min(6, Number(level))) };
  if (subhead.test(folded)) return { heading: 2 };
  return names.find(([pattern]) => pattern.test(folded))?.[1];
}
