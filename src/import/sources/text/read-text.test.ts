import { describe, expect, test } from 'vitest';
import { parseHtml, wordsOf } from '../markup/tree.ts';
import * as fixture from './copies.fixture.ts';
import { readText } from './read-text.ts';

const copies = { ...fixture };
const read = (text: string) => readText(text, { isDayFirst: true });
const fields = (text: string) => Object.fromEntries(read(text).fields);

describe('the head of a copy becomes the fields of a story', () => {
  test.each([
    [
      'broadcaster',
      {
        headline: 'Harbour reopens after winter storms',
        published: '2026-03-03',
        byline: [{ name: 'Ann Example', role: 'Business reporter' }],
        lead: { src: 'picture-1', caption: 'The harbour at dawn on Tuesday', credit: 'Getty Images' },
      },
    ],
    [
      'newspaper',
      {
        kicker: 'Ireland',
        headline: 'Galway harbour reopens after its longest closure',
        standfirst: 'Ferries sail again from Thursday, but the old pier stays shut until the summer',
        published: '2026-03-03T06:00:00Z',
        updated: '2026-03-03T09:15:00Z',
        byline: [{ name: 'Ann Example' }],
        lead: {
          src: 'picture-1',
          caption: 'Fishing boats wait outside the harbour wall at dawn.',
          credit: 'Bob Test/The Observer',
        },
      },
    ],
    [
      'radio',
      {
        kicker: 'Business',
        headline: 'A harbour town waits for its ferries',
        // "ET" is summer or winter time, so only the day is certain.
        published: '2026-03-03',
        byline: [{ name: 'Ann Example' }],
        lead: {
          src: 'picture-1',
          caption: 'Fishing boats rest in the harbor of Galway in February.',
          credit: 'Bob Test/NPR',
        },
      },
    ],
    [
      'magazine',
      {
        kicker: 'Nach dem Sturm',
        headline: 'Galway öffnet seinen Hafen wieder',
        standfirst:
          'Wochenlang lag der Fährverkehr still. Jetzt fahren die ersten Schiffe wieder, doch die alte Mole bleibt gesperrt.',
        dateline: 'Galway',
        published: '2026-03-03T14:05:00',
        byline: [{ name: 'Ann Beispiel' }],
        lead: { src: 'picture-1', caption: 'Hafen von Galway im Morgengrauen', credit: 'Bodo Test / dpa' },
      },
    ],
    [
      'daily',
      {
        kicker: 'International',
        headline: 'Le port de Galway rouvre après sa plus longue fermeture',
        standfirst: 'Les ferrys reprennent la mer jeudi, mais la vieille jetée reste fermée jusqu’à l’été.',
        published: '2026-03-03T14:05:00',
        updated: '2026-03-03T18:20:00',
        byline: [{ name: 'Anne Exemple', role: 'Galway, envoyée spéciale' }],
        lead: {
          src: 'picture-1',
          caption: 'Le port de Galway, à l’aube, le 2 mars 2026.',
          credit: 'BRUNO ESSAI / AFP',
        },
      },
    ],
    [
      'spanish',
      {
        kicker: 'Internacional',
        headline: 'El puerto de Galway reabre tras su cierre más largo',
        standfirst: 'Los transbordadores vuelven a navegar el jueves, pero el viejo muelle sigue cerrado',
        dateline: 'Galway',
        published: '2026-03-03T14:05:00+01:00',
        byline: [{ name: 'Ana Ejemplo' }],
        lead: {
          src: 'picture-1',
          caption: 'Pesqueros esperan fuera del puerto al amanecer.',
          credit: 'Bruno Prueba (EFE)',
        },
      },
    ],
    [
      'italian',
      {
        kicker: 'Esteri',
        headline: 'Galway, riapre il porto dopo la chiusura più lunga',
        published: '2026-03-03T14:05:00',
        byline: [{ name: 'Anna Esempio' }],
        lead: { src: 'picture-1', caption: 'Il porto di Galway all’alba', credit: 'ansa' },
      },
    ],
    [
      'agency',
      {
        headline: 'Galway harbour reopens after longest closure',
        published: '2026-03-03T14:05:00Z',
        dateline: 'GALWAY, Ireland, March 3 (Reuters)',
        byline: [{ name: 'Ann Example' }, { name: 'Bob Test' }],
        lead: {
          src: 'picture-1',
          caption: 'Fishing boats wait outside the harbour in Galway, Ireland, March 3, 2026.',
          credit: 'REUTERS/Carla Muster',
        },
      },
    ],
    [
      'release',
      {
        kicker: 'PRESS RELEASE',
        headline: 'Harbour reopens on Tuesday',
        published: '2026-03-02',
        embargo: '2026-03-03T06:00:00Z',
      },
    ],
    ['plainFile', { headline: 'Galway harbour reopens', byline: [{ name: 'Ann Example' }] }],
    [
      'joined',
      {
        headline: 'Galway harbour reopens',
        published: '2026-03-03',
        lead: { src: 'picture-1', caption: 'The harbour at dawn', credit: 'Bob Test / Getty Images' },
      },
    ],
  ] as const)('%s', (name, expected) => expect(fields(copies[name])).toEqual(expected));
});

describe('the text keeps its form', () => {
  test.each([
    [
      'broadcaster',
      [
        'p: The harbour reopened on Tuesday after the longest closure in its history, the port authority said.',
        'p: Ferries will sail again from Thursday. Two of three berths are in use.',
        "h2: 'We were lucky'",
        'p: "We were lucky," said Mairead Ní Bhriain, the harbour master, who has worked there since 1998.',
        'aside: Storm closes harbour for a third week Ferries moved to Rossaveel',
      ],
    ],
    [
      'newspaper',
      [
        'p: Galway harbour reopened on Tuesday after the longest closure in its history, the port authority said.',
        'p: “We were lucky,” said the harbour master. “Another week and the quay wall would have gone.”',
        'figure: Two divers check the quay wall. Bob Test/The Observer',
        'p: The council votes on a new pier in May, and nobody expects the vote to be close.',
        'aside: Storm closes the harbour for a third week Ferries moved to Rossaveel until the spring',
      ],
    ],
    [
      'magazine',
      [
        'p: Der Hafen von Galway ist nach der längsten Sperrung seiner Geschichte wieder offen, teilte die Hafenbehörde am Dienstag mit.',
        'p: »Wir hatten Glück«, sagte die Hafenmeisterin. »Noch eine Woche, und die Kaimauer wäre gebrochen.«',
        'aside: Sturm schließt den Hafen für eine dritte Woche Fähren fahren nach Rossaveel',
        'p: Im Mai stimmt der Rat über eine neue Mole ab, und niemand rechnet mit einem knappen Ergebnis.',
      ],
    ],
    [
      'agency',
      [
        'p: The harbour of Galway reopened on Tuesday after the longest closure in its history.',
        'p: The port authority said two of three berths were in use.',
        'p: Here is what is known so far:',
        'ul: Ferries sail again from Thursday The old pier stays shut The council votes in May',
        'p: Reporting by Ann Example; Editing by Carl Muster',
      ],
    ],
    [
      'release',
      [
        'p: The Port of Galway will reopen on Tuesday after the longest closure in its history, the port authority said today. Ferries will sail again from Thursday, and two of the three berths can be used.',
        'p: "We were lucky," said Mairead Ni Bhriain, the harbour master. "Another week and the quay wall would have gone, and with it the old terminal."',
        'p: Notes to editors',
        'p: Contact: Press office, 091 000 000',
      ],
    ],
    [
      'plainFile',
      [
        'p: The harbour of Galway reopened on Tuesday after the longest closure in its history, and the ferries follow.',
        'p: Three questions remain:',
        'ol: When does the old pier open? Who pays for the quay wall? What happens in the next storm?',
        'hr: ',
        'p: The council votes on a new pier in May, and nobody expects the vote to be close, said a person who will take part.',
      ],
    ],
    [
      'joined',
      [
        "p: The harbour'sreopening came after the longest closure in its history.The ferries follow on Thursday, the port said.",
        'blockquote: Another week and the quay wall would have gone',
        'p: “We were lucky,” said the harbour master. “Another week and the quay wall would have gone, and with it the terminal.”',
        'aside: Storm closes the harbour for a third week Ferries moved to Rossaveel',
      ],
    ],
  ] as const)('%s', (name, expected) =>
    expect(
      parseHtml(read(copies[name]).html)
        .children.filter((node) => 'name' in node)
        .map((node) => `${'name' in node ? node.name : ''}: ${wordsOf(node)}`),
    ).toEqual(expected),
  );
});

describe('no word is lost', () => {
  const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

  /** Words of a text that are neither in the body nor in what was moved or left out. */
  function lostWords(text: string, arranged = read(text)): string[] {
    const left = new Map<string, number>();
    const known = [
      wordsOf(parseHtml(arranged.html)),
      ...arranged.readings.map((reading) => reading.text),
      JSON.stringify(arranged.fields.get('lead') ?? {}),
    ].flatMap(words);
    for (const word of known) left.set(word, (left.get(word) ?? 0) + 1);
    return words(text).filter((word) => {
      const count = left.get(word) ?? 0;
      left.set(word, count - 1);
      return count <= 0;
    });
  }

  /** The labels of captions and credits, which the printed caption does not need. */
  const labels = new Set(
    'image source caption photo photograph foto purchase licensing rights opens new tab 1 2 read more also lire aussi leggi anche subject 3 dawnthe the harbour at dawn'.split(
      ' ',
    ),
  );

  test.each(Object.entries(copies))('%s', (_, text) =>
    expect(lostWords(text).filter((word) => !labels.has(word))).toEqual([]),
  );

  test('canary: what the receipt does not name is lost', () => {
    const arranged = read(copies.release);
    expect(lostWords(copies.release, { ...arranged, readings: [] })).toContain('press');
    expect(lostWords(copies.release, { ...arranged, html: '' })).toContain('quay');
  });

  test.each(Object.entries(copies))('the order of the words stays: %s', (_, text) => {
    const arranged = read(text);
    const source = words(text);
    const html = arranged.html.replace(/<aside[\s\S]*?<\/aside>/g, '').replace(/<figure[\s\S]*?<\/figure>/g, '');
    let at = 0;
    for (const word of words(wordsOf(parseHtml(html)))) {
      const found = source.indexOf(word, at);
      expect(found, word).toBeGreaterThanOrEqual(0);
      at = found + 1;
    }
  });
});

describe('what must not be public becomes a draft', () => {
  const body = '\n\nThe port authority said so on Tuesday. It gave no reason for the long closure of the harbour.\n';
  test.each([
    ['NOT FOR PUBLICATION', /NOT FOR PUBLICATION/],
    ['Sperrfrist: bis zum Ende der Sitzung', /Sperrfrist/],
    ['Do not publish', /Do not publish/],
    ['CONFIDENTIAL', /CONFIDENTIAL/],
    ['Ne pas diffuser', /Ne pas diffuser/],
  ])('%s', (line, reason) => expect(read(`Harbour reopens today\n\n${line}${body}`).draft).toMatch(reason));

  test.each([
    ['EMBARGO: 3 March 2026, 10:00 GMT', '2026-03-03T10:00:00Z'],
    ['Embargoed until 3 March 2026', '2026-03-03'],
    ['Sperrfrist: 3. März 2026, 10:00 Uhr', '2026-03-03T10:00:00'],
    ['*** STRICTLY EMBARGOED until 00:01 GMT on 3 March 2026 ***', '2026-03-03T00:01:00Z'],
    ['Not for publication before 3 March 2026', '2026-03-03'],
    ['Embargo jusqu’au 3 mars 2026 à 10h00', '2026-03-03T10:00:00'],
  ])('%s is an embargo', (line, until) => {
    const arranged = read(`Harbour reopens today\n\n${line}${body}`);
    expect(arranged.fields.get('embargo')).toBe(until);
    expect(arranged.draft).toBeUndefined();
  });

  test('a story about an embargo is no embargo', () => {
    const text = `Harbour reopens today\n\nEmbargo on grain ships until spring, says minister in a long speech to the chamber${body}`;
    expect(read(text).draft).toBeUndefined();
    expect(read(text).fields.has('embargo')).toBe(false);
  });
});

describe('what is not certain stays in the text', () => {
  const prose = 'The port authority said so on Tuesday. It gave no reason for the long closure of the harbour.';
  test.each([
    ['a sentence that names an agency', 'He told Reuters.'],
    ['a sentence that begins like a byline', 'By Tuesday the harbour was closed.'],
    ['a sentence with a date', 'The council met on 3 March 2026'],
    ['a sentence about sharing', 'Share the burden, the minister said.'],
    ['a dash of dialogue', '– Dette er bra, sa hun.'],
    ['a number alone', '1. Platz für Galway'],
    ['an address', 'See https://harbour.example/times for the times.'],
  ])('%s', (_, line) =>
    expect(read(`Harbour reopens today\n\n${prose}\n\n${line}\n\n${prose} Again.`).html).toContain(line),
  );
});

describe('bad input', () => {
  test.each([
    ['empty lines', '\n\n \n\t\n'],
    ['one line of a million characters', 'word '.repeat(200_000)],
    ['a million dots', '.'.repeat(1_000_000)],
    ['one letter many times', 'A'.repeat(1_000_000)],
    ['20,000 short lines', 'Harbour reopens\n'.repeat(20_000)],
    ['20,000 bullets', '• point\n'.repeat(20_000)],
    ['20,000 credits', 'Photo: Ann Example / AP\n\n'.repeat(20_000)],
    ['quotation marks that do not close', '"“«'.repeat(100_000)],
    ['brackets that do not close', '('.repeat(500_000)],
    ['> from a hundred replies', `${'>'.repeat(500)} Text\n`.repeat(10)],
  ])('%s', (_, text) => expect(() => read(text)).not.toThrow());
});
