/** Who wrote, from a line that says nothing else. */
export interface BylineLine {
  names: string[];
  /** Words beside the names, such as "Political correspondent". */
  role?: string;
  place?: string;
}

const byWords =
  '(?:reported by|written by|story by|words by|text by|by|von|text|texte|par|propos recueillis par|por|di|a cura di|door|av|af|tekst|teksti|napsal[a]?|autor(?:in|a|es)?|author|auteur|autore|reporter|eine analyse von|ein kommentar von|eine reportage von|ein interview von|aus .{2,30} berichten|aus .{2,30} berichtet|текст|автор|πηγή|от|від|de)';
const start = new RegExp(`^${byWords}(?:\\s*[:：]\\s*|\\s+)`, 'iu');
const labelStart =
  /^(?:text|texte|tekst|teksti|author|autor(?:in|a|es)?|auteur|autore|reporter|текст|автор|words)\s+[^:]/iu;

const particles =
  'de|la|le|du|des|van|von|der|den|del|della|di|da|dos|das|do|al|el|bin|ben|ibn|zu|zur|af|ter|ten|y|e|Ó|Ní|Nic|Mac|Mc|d’|O’';
const name = `\\p{Lu}[\\p{L}\\p{M}'’.-]*(?:\\s+(?:(?:${particles})\\s+)*(?:d['’])?\\p{Lu}[\\p{L}\\p{M}'’.-]*){1,4}`;
const nameAlone = new RegExp(`^${name}$`, 'u');
const joint = /\s*,?\s+(?:and|und|et|y|e|en|och|og|ja|i|&|и|та)\s+|\s*[,;/|·•]\s*|\s+&\s+|\s+\+\s+/iu;

const roleWords =
  /\b(?:correspondent|reporter|editor|writer|columnist|journalist|producer|staff|critic|bureau|news agency|agencies|BBC News|korrespondent(?:in)?|redakteur(?:in)?|reporterin|journaliste?|journalistin|envoyée? spéciale?|correspondante?|corresponsal|redactor[a]?|periodista|inviat[oa]|corrispondente|giornalista|redacteur|verslaggever|journaliste?n|toimittaja|reporter[ka]?|dziennikarka?|корреспондент)\b/iu;

/**
 * Reads a line that names who wrote: "By Ann Example", "Von Ann Example, Berlin", "Par Ann Example et Jean Dupont
 * (avec AFP)". A line that is a sentence, such as "By Tuesday the harbour was closed", is not one.
 */
export function readBylineLine(line: string): BylineLine | undefined {
  const text = line
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.,;:]$/, '');
  if (text.length > 200) return undefined;
  const match = start.exec(text);
  if (match === null || (labelStart.test(text) && !/^[^\s]+\s*[:：]/.test(text))) return undefined;
  return readNames(text.slice(match[0].length), true);
}

/** Whether a line is a name or several and nothing else, as below a headline: "Ann Example", "ANN EXAMPLE". */
export function readNameLine(line: string): BylineLine | undefined {
  const text = line.replace(/\s+/g, ' ').trim();
  if (text.length > 80 || /[.!?:]$/.test(text)) return undefined;
  const found = readNames(text, false);
  return found?.names.every((each) => /^\S+(?: \S+){1,4}$/.test(each)) ? found : undefined;
}

/** Whether a short line says what a writer is: "Political correspondent, BBC News". */
export const isRoleLine = (line: string): boolean =>
  line.length <= 70 && !/[.!?:]$/.test(line) && roleWords.test(line) && line.split(/\s+/).length <= 8;

function readNames(text: string, isLabelled: boolean): BylineLine | undefined {
  const result: BylineLine = { names: [] };
  let rest = text.replace(/\s*\([^()]*\)$/, (inner) => {
    result.role = inner.trim().replace(/^\(|\)$/g, '');
    return '';
  });
  // "Ann Example in Berlin", "Ann Example, Berlin"
  rest = rest.replace(/\s+(?:in|à|en|aus|a|te|i)\s+(\p{Lu}[\p{L}\p{M}\s'’-]{1,30})$/u, (_, place: string) => {
    result.place = place.trim();
    return '';
  });
  const parts = rest
    .split(joint)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  for (const [index, part] of parts.entries()) {
    if (index > 0 && roleWords.test(part) && result.role === undefined) result.role = part;
    else if (nameAlone.test(part)) result.names.push(part);
    else if (index > 0 && index === parts.length - 1 && /^\p{Lu}[\p{L}\p{M}'’ -]{1,30}$/u.test(part) && isLabelled)
      result.place ??= part;
    // An agency or a desk: "By Reuters", "Von dpa", "By Guardian staff", "Par Le Monde avec AFP".
    else if (isLabelled && index === 0 && isAgencyOrDesk(part)) result.names.push(part);
    else return undefined;
  }
  return result.names.length === 0 ? undefined : result;
}

const isAgencyOrDesk = (part: string): boolean =>
  /^(?:the\s+)?(?:AFP|AP|Associated Press|Reuters|EFE|dpa|ANSA|PA Media|Staff|Agencies|Redaktion|La rédaction|Redacción|Redazione|Redactie|Le Monde(?: avec [\p{L} ]+)?|[\p{Lu}][\p{L}'’]+ (?:staff|reporters?|newsroom|agencies|and agencies))$/iu.test(
    part,
  );
