/**
 * The XML of a part without what says nothing about its words: fonts, languages, colours, and the ids of editing
 * sessions. Word writes so much of it that a tree of everything needs several times the time and the memory.
 */
export function slim(xml: string): string {
  return xml
    .replace(/ w(?:14)?:(?:rsid\w*|paraId|textId)="[^"]*"/g, '')
    .replace(unused, '')
    .replace(/<w:rPr>\s*<\/w:rPr>|<w:rPr\/>|<w:pPr>\s*<\/w:pPr>|<w:pPr\/>/g, '')
    .replace(plainRuns, (runs) => `<w:r><w:t xml:space="preserve">${runs.replace(/<[^>]*>/g, '')}</w:t></w:r>`);
}

/** Elements without content that neither mammoth nor `prepare` reads. */
const unused =
  /<w:(?:rFonts|lang|sz|szCs|color|kern|spacing|noProof|bCs|iCs|shd|proofErr|lastRenderedPageBreak|ind|jc|keepNext|keepLines|widowControl|adjustRightInd|autoSpaceDE|autoSpaceDN|snapToGrid|contextualSpacing|textAlignment|rtl|cs|w|position|fitText|effect|em|bdr|highlight|suppressAutoHyphens|tabs|webHidden|eastAsianLayout)(?:\s[^<>]*)?\/>/g;

/** Runs of plain text, one after the other. */
const plainRuns = /(?:<w:r><w:t(?: xml:space="(?:preserve|default)")?>[^<]*<\/w:t><\/w:r>){2,}/g;

/** Whether a part has something that mammoth would lose, so that its tree has to be changed first. */
export const needsPreparation = (xml: string): boolean =>
  /<(?:w:(?:ins|del|moveFrom|moveTo|vanish|sdt|fldSimple|dir|bdo|ruby|drawing|pict)\b|m:oMath|mc:AlternateContent)/.test(
    xml,
  );
