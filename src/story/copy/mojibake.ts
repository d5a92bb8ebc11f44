import type { Finder, Slip } from './finding.ts';

/**
 * Text that was stored as UTF-8 and read in an older encoding, such as `â€™` for ’ and `Ã©` for é. It is decoded only if
 * its bytes are UTF-8 and the result is a character that people write.
 */
export const brokenCharacters: Finder = (text) => {
  const found: Slip[] = [];
  for (const { 0: match, index } of text.matchAll(western)) {
    const write = decoded(match, byteOfWindows1252);
    if (write !== undefined)
      found.push({ kind: 'broken-characters', at: index, end: index + match.length, write, isCertain: true });
  }
  if (text.includes('Р'))
    for (const { 0: match, index } of text.matchAll(cyrillic)) {
      const write = decoded(match, byteOfWindows1251);
      if (write !== undefined && /^[\p{Script=Cyrillic}\p{P}\s]+$/u.test(write))
        found.push({ kind: 'broken-characters', at: index, end: index + match.length, write, isCertain: true });
    }
  for (let at = text.indexOf('\uFFFD'); at >= 0; at = text.indexOf('\uFFFD', at + 1))
    found.push({
      kind: 'broken-characters',
      at,
      end: at + 1,
      why: 'A character was lost here when the text was converted.',
    });
  return found;
};

const high = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
const highCodes: Record<string, number> = Object.fromEntries(
  [...'€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'].map((sign, at) => [sign, at + 0x80]),
);
const rest = `[\\u0080-\\u00BF${high}]`;
/**
 * Only what is damaged in this way again and again. A single `é\xa0»` is French, and its bytes could be a Chinese
 * character, so characters of other scripts count only if there are three in a row.
 */
const western = new RegExp(
  [
    `(?:[\u00C2\u00C3]${rest}|\u00E2[\u0080-\u0086\u20AC\u201A\u201E\u2020]${rest}|\u00F0\u0178${rest}{2}|\u00EF\u00BB\u00BF)+`,
    `[\u00C4\u00C5][\u0080-\u0091\u0096-\u00AA\u00AC-\u00BA\u00BC-\u00BF\u20AC\u0192\u2020\u2021\u02C6\u2030\u0160\u0152\u017D\u2022\u2122\u0161\u0153\u017E\u0178](?=[a-z])`,
    // cœur
    `\u00C5[\u201C\u2019](?=[a-z])`,
    `(?:[\u00CE-\u00D3\u00D7-\u00DB]${rest}){3,}`,
    `(?:[\u00E3-\u00E9]${rest}{2}){3,}`,
  ].join('|'),
  'g',
);

const letters1251 = new TextDecoder('windows-1251').decode(Uint8Array.from({ length: 128 }, (_, at) => at + 128));
const codes1251: Record<string, number> = Object.fromEntries([...letters1251].map((sign, at) => [sign, at + 0x80]));
/** At least four letters in a row, because Ukrainian has "Рі" in words. */
const cyrillic = new RegExp(
  `(?:[РС][${[...letters1251.slice(0, 64)]
    .filter((sign) => sign !== '\x98')
    .join('')
    .replace(/[\\\]^-]/g, '\\$&')}]){4,}`,
  'g',
);

const byteOfWindows1252 = (sign: string): number | undefined =>
  highCodes[sign] ?? (sign.charCodeAt(0) < 0x100 ? sign.charCodeAt(0) : undefined);
const byteOfWindows1251 = (sign: string): number | undefined => codes1251[sign];

function decoded(text: string, byteOf: (sign: string) => number | undefined): string | undefined {
  let now = text;
  // Some texts went through it three times.
  for (let times = 0; times < 3; times++) {
    const bytes = [...now].map(byteOf);
    if (bytes.some((byte) => byte === undefined)) break;
    let next: string;
    try {
      next = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes as number[]));
    } catch {
      break;
    }
    if (!isWritten(next)) break;
    now = next;
  }
  return now === text ? undefined : now;
}

/** Characters that people write in the languages of the press, including those that are broken a second time. */
const isWritten = (text: string): boolean =>
  /^(?:\uFE0F|[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\p{Sc}\p{Sm}\u00A0-\u00BF\u2000-\u2BFF\u3000-\u303F\uFEFF]|\p{M})+$/u.test(
    text,
  ) && !/[\u2028\u2029\u{3400}-\u{4DBF}]/u.test(text);
