/*
 * The names of months as newspapers write them, in the languages that Node knows. They come from Intl, so nobody has to
 * keep a table.
 */

const languages =
  'en de fr es it pt nl sv da nb fi is pl cs sk sl hr sr hu ro bg ru uk el tr ca eu gl ga cy et lv lt sq mk mt id ms vi ar fa he hi af sw'.split(
    ' ',
  );

/** Short forms of newspapers that Intl does not list. */
const further: Readonly<Record<string, number>> = {
  sept: 9,
  juil: 7,
  janv: 1,
  févr: 2,
  fevr: 2,
  avr: 4,
  déc: 12,
  mär: 3,
  mrz: 3,
  okt: 10,
  dez: 12,
  ene: 1,
  abr: 4,
  ago: 8,
  dic: 12,
  jänner: 1,
  feber: 2,
};

let table: ReadonlyMap<string, number> | undefined;

/** The number of a month (1 to 12), or undefined if the word is no month, or is a different one in two languages. */
export function monthOf(word: string): number | undefined {
  table ??= buildTable();
  return table.get(fold(word));
}

const fold = (word: string): string => word.normalize('NFC').toLowerCase().replace(/\.$/, '');

function buildTable(): ReadonlyMap<string, number> {
  const found = new Map<string, Set<number>>();
  const add = (word: string, month: number) => {
    // A number alone, as in Chinese, is not a name.
    if (/^\d+/.test(word) || word.length < 2) return;
    const key = fold(word);
    found.set(key, (found.get(key) ?? new Set()).add(month));
  };
  for (const language of languages)
    for (let month = 1; month <= 12; month++) {
      const day = new Date(Date.UTC(2026, month - 1, 15));
      for (const style of ['long', 'short'] as const)
        for (const options of [{ month: style }, { month: style, day: 'numeric' }] as const) {
          const parts = new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, {
            ...options,
            timeZone: 'UTC',
          }).formatToParts(day);
          for (const part of parts) if (part.type === 'month') add(part.value, month);
        }
    }
  const months = new Map(Object.entries(further));
  for (const [word, numbers] of found) if (numbers.size === 1) months.set(word, [...numbers][0] ?? 0);
  // English wins over a language in which the same word is another month.
  for (let month = 1; month <= 12; month++)
    for (const style of ['long', 'short'] as const)
      months.set(
        fold(
          new Intl.DateTimeFormat('en', { month: style, timeZone: 'UTC' }).format(
            new Date(Date.UTC(2026, month - 1, 15)),
          ),
        ),
        month,
      );
  return months;
}

let days: ReadonlySet<string> | undefined;

/** Whether a word is a day of the week, in full or short. */
export function isWeekday(word: string): boolean {
  days ??= new Set(
    languages.flatMap((language) =>
      [1, 2, 3, 4, 5, 6, 7].flatMap((day) =>
        (['long', 'short'] as const).flatMap((style) => {
          const name = new Intl.DateTimeFormat(language, { weekday: style, timeZone: 'UTC' }).format(
            new Date(Date.UTC(2026, 1, day)),
          );
          return name.length < 2 ? [] : [fold(name), ...fold(name).split(/[\s-]/).slice(0, 1)];
        }),
      ),
    ),
  );
  return days.has(fold(word)) || /^(?:tues|thur|thurs|lun|mar|mer|jeu|ven|sam|dim)$/.test(fold(word));
}
