import { openers } from './common-words.ts';
import { type Finder, languageOf, type Slip } from './finding.ts';

/** Words between which a space got lost, as in "Ukraine'spre-2014" and "ended.The". */
export const joinedWords: Finder = (text, language) => {
  const base = languageOf(language);
  return [...(base === 'en' ? afterApostrophes(text) : []), ...afterStops(text, base)];
};

const joined = (text: string, at: number, gap: number, end: number): Slip => ({
  kind: 'joined-words',
  at,
  end,
  write: `${text.slice(at, gap)} ${text.slice(gap, end)}`,
  isCertain: true,
});

/** An English word with an apostrophe, and letters directly behind it. */
function afterApostrophes(text: string): Slip[] {
  const found: Slip[] = [];
  for (const { index } of text.matchAll(apostrophe)) {
    const before = /[\p{L}\p{N}'’-]+$/u.exec(text.slice(Math.max(0, index - 30), index))?.[0] ?? '';
    const after = /^[\p{L}\p{N}'’-]+/u.exec(text.slice(index + 1, index + 40))?.[0] ?? '';
    const first = forms.find(({ left, right }) => left.test(before) && right.test(after));
    if (!first) continue;
    const [at, end] = [index - before.length, index + 1 + after.length];
    // A name is written in the same way each time: "Ta'seer".
    if (text.indexOf(text.slice(at, end)) !== at || text.includes(text.slice(at, end), end)) continue;
    found.push(joined(text, at, index + 1 + first.length, end));
  }
  return found;
}

const apostrophe = /['’](?=s[a-z]{2}|s\d\d|[rv]e[a-z]{3}|ll[a-z]{3}|m[a-z]{3}|t[a-z]{2}|[a-z]{4})/g;

/** The letters before and after the apostrophe, and how many of those after it belong to the first word. */
const forms: { left: RegExp; right: RegExp; length: number }[] = [
  // Ukraine'spre-2014. Not Arkhangel'skaya: in Russian names, the mark is a letter.
  { left: /^\p{L}{4,}$/u, right: /^s(?!k[aeiouy])(?:\p{Ll}{2,}|\d{2,})[\p{L}\p{N}-]*$/u, length: 1 },
  // don'tknow
  {
    left: /^(?:do|does|did|is|was|were|has|have|had|ca|wo|would|could|should|are)n$/i,
    right: /^t\p{Ll}{2,}$/u,
    length: 1,
  },
  // they'reready
  { left: /^(?:they|we|you|I|who|there|it|she|he|what)$/i, right: /^(?:re|ve|ll)\p{Ll}{3,}$/u, length: 2 },
  { left: /^I$/, right: /^m\p{Ll}{3,}$/u, length: 1 },
  // players'union
  { left: /^\p{L}{3,}s$/u, right: /^(?!nt)\p{Ll}{4,}$/u, length: 0 },
];

/** A sentence that begins directly behind the end of another. */
function afterStops(text: string, language: string): Slip[] {
  const words = openersOf(language);
  if (!words) return [];
  const found: Slip[] = [];
  for (const { 0: stop, index } of text.matchAll(stops)) {
    const gap = index + stop.length;
    const opener = /^\p{L}+(?=[\s,])/u.exec(text.slice(gap, gap + 20))?.[0];
    if (opener === undefined || !words.has(opener)) continue;
    const before = /(?:^|[\s("“„«‘'’*\]])(\p{L}\p{Ll}{2,})$/u.exec(text.slice(Math.max(0, index - 40), index))?.[1];
    if (before !== undefined) found.push(joined(text, index - before.length, gap, gap + opener.length));
  }
  return found;
}

const stops = /[.!?][”»)]?(?=[A-ZÀ-ÞА-ЯІЇЄҐЁ])/g;

const known = new Map<string, ReadonlySet<string> | undefined>();
function openersOf(language: string): ReadonlySet<string> | undefined {
  if (!known.has(language)) known.set(language, openers[language] && new Set(openers[language]));
  return known.get(language);
}
