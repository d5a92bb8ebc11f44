const dash = '\\s*(?:—|–|--|-(?=\\s))\\s*';
const place = `\\p{Lu}[\\p{Lu}\\p{M}.'’-]+(?:[ /-]\\p{Lu}[\\p{Lu}\\p{M}.'’-]+){0,4}`;
const region = `(?:,\\s*\\p{Lu}[\\p{L}\\p{M}. '’-]{1,30}){0,2}`;
const day = `(?:,\\s*(?:\\p{L}[\\p{L}.]{1,12}\\s+\\d{1,2}|\\d{1,2}\\.?\\s+(?:de\\s+)?\\p{L}[\\p{L}.]{1,12})(?:,?\\s+\\d{4})?)?`;
const source = '(?:\\s*\\([^()]{2,40}\\))?';
const allCaps = new RegExp(`^(${place}${region}${day}${source})${dash}(?=\\S)`, 'u');
const withSource = new RegExp(
  `^(\\p{Lu}[\\p{L}\\p{M}.'’-]+(?:[ /-]\\p{Lu}[\\p{L}\\p{M}.'’-]+){0,3}${region}${day}\\s*\\([^()]{2,40}\\))(?:\\s*[.:]|${dash})\\s*(?=\\S)`,
  'u',
);

const acronyms =
  /^(?:NATO|UNESCO|UNICEF|UNHCR|FIFA|UEFA|OPEC|NASA|ASEAN|OSCE|OECD|MERCOSUR|COVID|UPDATE|EXCLUSIVE|ANALYSIS|OPINION|WATCH|LIVE|BREAKING|CORRECTION|CORRECTED|FACTBOX|EXPLAINER|NOTE|WARNING|URGENT|REVIEW|VIDEO|PHOTOS?|QUIZ|EDITORIAL|COMMENT|INTERVIEW|RECIPE|OBITUARY)\b/u;

/**
 * The dateline at the beginning of a story: "GALWAY, Ireland, March 3 (Reuters) - The council …". Only two forms are
 * certain: a place in capitals with a dash after it, and a place with an agency in brackets.
 *
 * @returns the dateline, and the number of characters that it takes including the dash
 */
export function readDateline(paragraph: string): { dateline: string; length: number } | undefined {
  const match = allCaps.exec(paragraph) ?? withSource.exec(paragraph);
  const dateline = match?.[1]?.trim();
  if (match === null || dateline === undefined || dateline.length > 80) return undefined;
  if (paragraph.length - match[0].length < 30) return undefined;
  // Without a comma or an agency, "US – China talks" and "NATO - the alliance" look the same as a place.
  const isBare = !/[,(]/.test(dateline);
  if (isBare && (!/\p{L}{4}/u.test(dateline) || acronyms.test(dateline) || /\s-\s*$/.test(match[0]))) return undefined;
  return { dateline, length: match[0].length };
}
