import { readDateLine } from './date-line.ts';

/** A line for editors: an embargo, "not for publication", the head of an e-mail or of a press release. */
export type Order =
  | { kind: 'embargo'; until?: string }
  | { kind: 'hold' }
  | { kind: 'subject'; words: string }
  | { kind: 'mail' }
  /** `words` is the label, such as "Press release", unless it is only an instruction. */
  | { kind: 'release'; words?: string };

const embargo =
  /^(?:strictly\s+)?(?:under\s+)?(?:embargo(?:ed)?|sperrfrist|sous embargo|embargado|bajo embargo|sotto embargo)\b(?:\s*(?:until|till|bis|jusqu['’]?au|jusqu['’]à|hasta(?: el)?|fino al?|tot|to|for release(?: on| at)?|for|:|-|–|—))*\s*(.*)$/iu;
const notBefore = /^not for (?:publication|release|use) (?:before|until)\s+(.+)$/iu;
const hold =
  /^\W*(?:(?:strictly )?(?:not|nicht) (?:for|zur) (?:publication|release|veröffentlichung)(?: yet)?|do not publish|hold for release|internal use only|confidential|draft(?: only)?(?: [-–—] do not publish)?|entwurf|vertraulich|ne pas publier|ne pas diffuser|brouillon|no publicar|borrador|confidencial|non pubblicare|bozza|niet publiceren|concept)\W*$/iu;
const mail =
  /^(?:from|to|cc|bcc|sent|reply-to|importance|attachments?|von|an|gesendet|anlagen?|de|à|envoyé|para|enviado|date sent)\s*:\s+\S.*(?:@|<|\d{4}|;|$)/iu;
const mailName = /^(?:from|to|cc|bcc|sent|reply-to|importance|attachments?|gesendet|envoyé|enviado)\s*:/iu;
const subject = /^(?:subject|betreff|objet|asunto|oggetto|onderwerp|assunto|re)\s*:\s*(.+)$/iu;
const instruction =
  /^\W*(?:for immediate (?:release|use|publication)|zur sofortigen veröffentlichung|pour diffusion immédiate|para (?:su )?(?:difusión|publicación) inmediata|for release|ohne sperrfrist)\W*$/iu;
const release =
  /^\W*(press (?:release|statement|notice)|news release|media (?:release|statement|advisory)|presse(?:mitteilung|information|meldung)|medienmitteilung|communiqué(?: de presse)?|nota de prensa|comunicado(?: de prensa| à imprensa)?|comunicato stampa|persbericht|pressmeddelande|pressemelding|pressemeddelelse|lehdistötiedote|komunikat prasowy|tisková zpráva)\W*$/iu;

/** Reads a line that tells editors what to do with a text. */
export function readOrder(line: string, isDayFirst?: boolean): Order | undefined {
  const text = line.replace(/\s+/g, ' ').trim();
  if (text.length > 200) return undefined;
  const until = (/^\W*(.+?)\W*$/u.exec(text)?.[1] ?? '').trim();
  const found = embargo.exec(until) ?? notBefore.exec(until);
  if (found !== null && wordsWithoutDate(found[1] ?? '') <= 8) {
    const date = readDateLine((found[1] ?? '').replace(/^(?:on|at|um|den|le|el)\s+/iu, ''), isDayFirst);
    const value = date?.published ?? date?.updated;
    return value === undefined ? { kind: 'embargo' } : { kind: 'embargo', until: value };
  }
  if (hold.test(text)) return { kind: 'hold' };
  if (instruction.test(text)) return { kind: 'release' };
  const label = release.exec(text)?.[1];
  if (label !== undefined) return { kind: 'release', words: label };
  const words = subject.exec(text)?.[1];
  if (words !== undefined) return { kind: 'subject', words: words.replace(/^(?:re|aw|fwd?|wg|tr|rv)\s*:\s*/giu, '') };
  // "To: be or not to be" has no address and no name of a field that only e-mail has.
  if (mailName.test(text) && mail.test(text)) return { kind: 'mail' };
  return /^(?:von|an|de|à|para)\s*:\s+\S.*@/iu.test(text) ? { kind: 'mail' } : undefined;
}

const wordsWithoutDate = (text: string): number => text.match(/\p{L}{2,}/gu)?.length ?? 0;

const ends = /^\W*(?:ends?|-\s*ends?\s*-|ende|fin|fine|end of (?:press )?release|###|# # #|-\s*30\s*-)\W*$/iu;
const editorsOnly =
  /^\W*(?:notes? (?:to|for) editors?|editor['’]?s? notes?|(?:media|press) (?:contacts?|enquiries|inquiries)|pressekontakt|kontakt für (?:die )?(?:presse|medien)|contacts? (?:de )?presse|contacto(?:s)? (?:de )?prensa|contatti stampa|perscontact|hinweis(?:e)? für die redaktion(?:en)?)\b/iu;

/** Whether a line ends the part of a press release that is meant for readers. */
export const isEndMark = (line: string): boolean => ends.test(line.trim());

/** Whether what follows is meant for editors and not for readers. */
export const isForEditors = (line: string): boolean => line.length <= 120 && editorsOnly.test(line.trim());
