import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSource } from '../../yaml/source.ts';
import { compileBody } from '../body/compile.ts';
import { readCopy, splice } from './copy.ts';

/** The rules that were found, and the body with every certain correction. */
async function copyOf(body: string, language = 'en', { front = '', format = 'md' as 'md' | 'mdx' } = {}) {
  const source = readSource('x.md', Buffer.from(`---\nheadline: H\n${front}---\n${body}`));
  if ('problems' in source) throw new Error(source.problems[0]!.message);
  const compiled = compileBody({ text: body, format, file: 'x', firstLine: source.bodyLine }, { language, base: '' });
  const data = source.data as { pictures?: object; lead?: object };
  const { problems, edits } = (await readCopy({
    file: 'x',
    format,
    source,
    frontMatter: data as never,
    body: compiled.body,
    language,
  })) ?? { problems: [], edits: [] };
  return {
    rules: problems.map(({ rule }) => rule.replace('copy-', '')),
    problems,
    values: edits.flatMap((edit) => (edit.kind === 'value' ? [`${edit.path.join('.')}: ${edit.value}`] : [])),
    fixed: splice(
      body,
      edits.flatMap((edit) => (edit.kind === 'body' ? [edit] : [])),
    ),
  };
}

describe('joined words are parted', () => {
  test.each([
    ['en', "In Ukraine'spre-2014 borders", "In Ukraine's pre-2014 borders"],
    ['en', 'It was the company’sfirst loss', 'It was the company’s first loss'],
    ['en', "We don'tknow, they'reready", "We don't know, they're ready"],
    ['en', "The players'union met", "The players' union met"],
    ['en', 'The strike has ended.The ferries sail', 'The strike has ended. The ferries sail'],
    ['en', 'He asked “who?”They laughed', 'He asked “who?” They laughed'],
    ['de', 'Der Streik ist vorbei.Die Fähren fahren', 'Der Streik ist vorbei. Die Fähren fahren'],
    ['fr', 'La grève est finie.Les bateaux partent', 'La grève est finie. Les bateaux partent'],
    ['es', 'La huelga terminó.Los barcos salen', 'La huelga terminó. Los barcos salen'],
    ['uk', 'Страйк закінчився.Пороми ходять.Вони вільні', 'Страйк закінчився.Пороми ходять. Вони вільні'],
    ['ru', 'Забастовка закончилась.Это хорошо', 'Забастовка закончилась. Это хорошо'],
  ])('%s: %s', async (language, written, fixed) => {
    expect(await copyOf(written, language)).toMatchObject({ fixed });
  });
  test.each([
    ['en', "O'sullivan, D'souza, Ta'seer, Arkhangel'skaya, Qur'an, rock'n'roll, fo'c'sle"],
    ['en', 'Node.js, System.Out, fs.Stats, e.g.The, St.Albans, Booking.Com, example.The/path'],
    ['en', 'See https://example.org/ended.The and `ended.The thing` and a@ended.The '],
    ['en', '[x](ended.The) <span title="ended.The b">x</span>'],
    ['de', "Rock'n'Roll, geht's, Ku'damm, z.B.Die"],
    ['fr', "aujourd'hui, l'école, qu'il"],
    ['it', "dell'arte, un'altra, quest'anno"],
    ['uk', "об'єднання, п'ять, м'яч"],
  ])('%s: no false alarm in %s', async (language, written) => {
    expect((await copyOf(written, language)).rules).toEqual([]);
  });
});

describe('doubled words', () => {
  test.each([
    ['en', 'from the the pier', 'from the pier'],
    ['en', 'The the pier', 'The pier'],
    ['de', 'ist nicht nicht klar', 'ist nicht klar'],
    ['fr', 'dans les les ports', 'dans les ports'],
    ['es', 'en los los puertos', 'en los puertos'],
    ['uk', 'у порту і і на морі', 'у порту і на морі'],
  ])('%s: %s', async (language, written, fixed) => {
    expect(await copyOf(written, language)).toMatchObject({ rules: ['doubled-word'], fixed });
  });
  test('on two lines, the editor decides', async () => {
    expect(await copyOf('from the\nthe pier')).toMatchObject({ rules: ['doubled-word'], fixed: 'from the\nthe pier' });
  });
  test.each([
    ['en', 'that that had had her her no no very very in in Sing Sing The The de De the The'],
    ['en', 'He fixed the typo "the the" and `the the` and the-the and a\n\na'],
    ['de', 'Die, die die Fähre sahen, sie sie das das'],
    ['fr', 'nous nous vous vous'],
    ['ja', 'の の'],
  ])('%s: no false alarm in %s', async (language, written) => {
    expect((await copyOf(written, language)).rules).toEqual([]);
  });
});

describe('hyphens for dashes', () => {
  test.each([
    ['en-IE', 'the ferry - late again - sailed', 'the ferry – late again – sailed'],
    ['en-US', 'the ferry - late again', 'the ferry — late again'],
    ['ru', 'паром - это корабль', 'паром — это корабль'],
    ['de', 'die Fähre - spät – kam - nie', 'die Fähre – spät – kam – nie'],
    ['en', 'from 9 am - 5 pm', 'from 9 am – 5 pm'],
    ['es', 'el barco - tarde', 'el barco - tarde'],
  ])('%s: %s', async (language, written, fixed) => {
    const found = await copyOf(written, language);
    expect(found.rules.every((rule) => rule === 'hyphen-for-dash') && found.rules.length > 0).toBe(true);
    expect(found.fixed).toBe(fixed);
  });
  test.each([
    '- one\n- two',
    'a well-known - ',
    '| a - b | c |\n| - | - |\n| 1 - 2 | x |',
    '7 - 3',
    '`a - b`',
    '    a - b',
    'Vor- und Nachteile',
  ])('no false alarm in %j', async (written) => {
    expect((await copyOf(written)).rules).toEqual([]);
  });
});

describe('quotation marks', () => {
  test.each([
    ['en', 'It doesn´t', 'It doesn’t'],
    ['de', 'so geht´s', 'so geht’s'],
    ['en', "He said ,,no'' twice", 'He said "no" twice'],
    ['en', 'in the ‘90s', 'in the ’90s'],
    ['uk', 'об"єднання', 'об’єднання'],
  ])('%s: %s', async (language, written, fixed) => {
    expect((await copyOf(written, language)).fixed).toBe(fixed);
  });
  test('a mark between spaces that nothing pairs is reported, not changed', async () => {
    const written = 'She said " no.';
    expect(await copyOf(written)).toMatchObject({ rules: ['quotation-mark'], fixed: written });
  });
  test.each(['"One" and "two"', 'a 12" pipe', '"A long quotation\n\n"goes on"', 'size="3" " x', 'it‘s ‘here’ now'])(
    'no false alarm in %j',
    async (written) => {
      expect((await copyOf(written)).rules).toEqual([]);
    },
  );
});

describe('damaged characters', () => {
  test.each([
    ['The cafÃ© isnâ€™t open â€“ yet', 'The café isn’t open – yet'],
    ['Ã¢â‚¬Å“twiceÃ¢â‚¬Â', undefined],
    ['â€œquotedâ€\x9d', undefined],
    ['cÅ“ur Ã\u00A0 la carte', 'cœur à la carte'],
    ['25Â°C costs Â£5', '25°C costs £5'],
    ['ðŸ˜€ smile', '😀 smile'],
    ['РџСЂРёРІРµС‚, мир', 'Привет, мир'],
    ['ä½ å¥½ä¸–ç•Œ', undefined],
    ['Î•Î»Î»Î¬Î´Î±', 'Ελλάδα'],
  ])('%s', async (written, fixed) => {
    const found = await copyOf(written, 'en');
    if (fixed !== undefined) expect(found.fixed).toBe(fixed);
    expect(found.rules.length + found.fixed.length).toBeGreaterThan(0);
  });
  test('a lost character is reported', async () => {
    expect(await copyOf('The caf\uFFFD is open')).toMatchObject({
      rules: ['broken-characters'],
      fixed: 'The caf\uFFFD is open',
    });
  });
  test.each([
    ['fr', 'la pauvreté\u00A0» et «\u00A0proximité\u00A0»'],
    ['en', 'T•Ø•R•Ü•S, São Paulo, ÅÄÖ, NÃO, Ångström'],
    ['de', '„MENÜ“ „KÄ“ ÄÖÜß'],
    ['uk', 'Різне, Рівне, Річ, РІК, Рівність'],
    ['sv', 'Å“ och ”ÄR”'],
    ['pt', 'Ã, Â, CORAÇÃO, À'],
  ])('%s: no false alarm in %s', async (language, written) => {
    expect((await copyOf(written, language)).rules).toEqual([]);
  });
});

describe('invisible characters', () => {
  test.each([
    ['fer\u200Bry', 'ferry'],
    ['fer\u00ADry', 'ferry'],
    ['fer\uFEFFry', 'ferry'],
    ['late.\u00A0 The ferry', 'late. The ferry'],
    ['late\u00A0\u00A0', 'late'],
    ['one\u2028two', 'one two'],
    ['fer\u200Dry fer\u200Cry', 'ferry ferry'],
  ])('%j', async (written, fixed) => {
    expect(await copyOf(written)).toMatchObject({ fixed });
    expect((await copyOf(written)).rules).toContain('invisible-character');
  });
  test.each([
    ['an emoji of four', '👩‍👩‍👧‍👦 👍🏽 🏳️‍🌈 🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['Persian', 'می‌خواهم'],
    ['Hindi', 'क्‍ष'],
    ['Thai', 'ภาษา\u200Bไทย'],
    ['Hebrew beside Latin', 'שלום \u200EABC'],
    ['a place to break a line', 'and/\u200Bor—\u200Bthen…\u200Bnow'],
    ['one space that does not break', '10\u00A0km «\u00A0oui\u00A0» 5\u202F%'],
    ['an indentation', 'x\n\n\u00A0\u00A0\u00A0y'],
    ['columns', 'usr\u00A0\u00A0\u00A0sys\n\n12\u00A0 13\u00A0\u00A0|\u00A0\u00A07'],
    ['code', '`fer\u200Bry`'],
  ])('no false alarm in %s', async (_, written) => {
    expect((await copyOf(written)).rules).toEqual([]);
  });
});

describe('captions', () => {
  const caption = 'The first ferry of the spring leaves';
  test('the paragraph below that repeats one goes, with its empty line', async () => {
    const found = await copyOf(`Text.\n\n![A ferry](a.jpg "${caption}")\n\n${caption}.\n\nMore.\n`);
    expect(found).toMatchObject({
      rules: ['doubled-caption'],
      fixed: `Text.\n\n![A ferry](a.jpg "${caption}")\n\nMore.\n`,
    });
  });
  test('two pictures with the same one are reported, also the lead; a gallery may share one', async () => {
    const two = `![A](a.jpg "${caption}")\n\nText.\n\n![B](b.jpg "${caption}")\n`;
    expect((await copyOf(two)).rules).toEqual(['doubled-caption']);
    const lead = `lead: { src: a.jpg, alt: A, caption: ${caption} }\n`;
    expect((await copyOf(`![B](b.jpg "${caption}")\n`, 'en', { front: lead })).rules).toEqual(['doubled-caption']);
    const gallery = `<Gallery>\n![A](a.jpg "${caption}")\n\n![B](b.jpg "${caption}")\n</Gallery>`;
    expect((await copyOf(gallery, 'en', { format: 'mdx' })).rules).toEqual([]);
    expect((await copyOf('![A](a.jpg "Galway")\n\n![B](b.jpg "Galway")\n')).rules).toEqual([]);
  });
  test('the alt text of a picture that is not there yet', async () => {
    const figure = `<Figure wanted="https://x.example/a.jpg" alt="${caption}" caption="${caption}" />`;
    expect((await copyOf(figure, 'en', { format: 'mdx' })).rules).toEqual(['doubled-caption']);
  });
});

describe('front matter', () => {
  test('sentences and names are read, ids and addresses are not', async () => {
    const front = [
      'standfirst: It has ended.The ferries sail.',
      'slug: the-the',
      'section: wor\u200Bld',
      'aliases: [/cafÃ©/]',
      'byline: [JosÃ© GarcÃ­a]',
      'corrections: [{ date: 2025-01-01, type: correction, text: from the the pier }]',
      "kicker: '&#8220;Yes&#8221; &amp; no'",
      '',
    ].join('\n');
    const found = await copyOf('Text.', 'en', { front });
    expect(found.rules.sort()).toEqual(['broken-characters', 'broken-characters', 'doubled-word', 'joined-words']);
    expect(found.values.sort()).toEqual([
      'byline.0: José García',
      'corrections.0.text: from the pier',
      'kicker: “Yes” & no',
      'standfirst: It has ended. The ferries sail.',
    ]);
    expect(found.problems.find(({ rule }) => rule === 'copy-joined-words')).toMatchObject({ line: 3 });
  });
  test('a reference that was escaped twice is read as its character, but stays one in code and if it has a meaning', async () => {
    expect((await copyOf('A &amp;#8220;word&amp;#8221; &amp;lt;b `&amp;#8220;`')).fixed).toBe(
      'A “word” &lt;b `&amp;#8220;`',
    );
  });
});

test('five of a rule are listed, and all are corrected', async () => {
  const found = await copyOf('a the the b '.repeat(9));
  expect(found.rules).toHaveLength(6);
  expect(found.problems.at(-1)!.message).toBe('This file has 4 more of these.');
  expect(found.fixed).toBe('a the b '.repeat(9));
});

test('what is said shows the words before and after, on the line of the file', async () => {
  const [problem] = (await copyOf('One.\n\nfrom the the pier', 'en')).problems;
  expect(problem).toMatchObject({
    line: 6,
    column: 6,
    severity: 'warning',
    message: 'The same word is here twice: from the the pier',
    hint: 'Write  from the pier .',
  });
});

test('a correction leaves nothing to correct', async () => {
  const written = "Ukraine'spre-2014 the the - ended.The cafÃ© fer\u200Bry doesn´t WouldnÂ´t\u00A0 x";
  let text = written;
  for (let round = 0; round < 3; round++) text = (await copyOf(text)).fixed;
  expect((await copyOf(text)).rules).toEqual([]);
});

test('nothing an editor can write makes it slow', async () => {
  const hostile = [
    '"',
    "'s",
    ' - ',
    '\u200B',
    'Ã©',
    'the ',
    '.The',
    '\u00A0',
    ',,',
    '&amp;',
    '![',
    ' "',
    'a.',
    '<',
    'a"b',
    '>\n',
    '\n"',
  ];
  const began = performance.now();
  for (const part of hostile) await copyOf(part.repeat(30_000 / part.length));
  // A quadratic search takes minutes.
  expect(performance.now() - began).toBeLessThan(60_000);
}, 120_000);

test('the demo newsroom raises no alarm', async () => {
  const { globSync } = await import('node:fs');
  const root = join(import.meta.dirname, '../../..');
  const files = globSync('content/**/*.{md,mdx}', { cwd: root });
  expect(files.length).toBeGreaterThan(15);
  for (const file of files) {
    const source = readSource(file, readFileSync(join(root, file)));
    if ('problems' in source) throw new Error(file);
    const data = source.data as { language?: string };
    const { problems = [] } =
      (await readCopy({
        file,
        format: file.endsWith('x') ? 'mdx' : 'md',
        source,
        frontMatter: data as never,
        body: [],
        language: data.language ?? 'en-GB',
      })) ?? {};
    expect(problems.map(({ line, message }) => `${file}:${line} ${message}`)).toEqual([]);
  }
});
