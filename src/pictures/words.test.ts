import { describe, expect, test } from 'vitest';
import type { PictureFacts, PictureWords } from './picture.ts';
import { type PictureText, pictureWords } from './words.ts';

const file = (words: PictureWords = {}): PictureFacts => ({
  digest: '0'.repeat(32),
  format: 'jpeg',
  widthPx: 640,
  heightPx: 480,
  hasAlpha: false,
  isAnimated: false,
  words,
});

const shown = (text: PictureText, words?: PictureWords) => {
  const result = pictureWords(text, file(words), 'ferry.jpg');
  if ('problems' in result) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  const { alt, caption, credit } = result.shown;
  return { alt, caption, credit };
};

const problems = (text: PictureText, words?: PictureWords) => {
  const result = pictureWords(text, file(words), 'ferry.jpg');
  return 'problems' in result ? result.problems : [];
};

const rules = (text: PictureText, words?: PictureWords) => problems(text, words).map(({ rule }) => rule);

describe('the story takes precedence over the file, text by text', () => {
  const words = { alt: 'Men on a quay', caption: 'Galway harbour', credit: 'A. Diallo' };

  test('all from the file', () => expect(shown({}, words)).toEqual(words));
  test('blank counts as absent', () => expect(shown({ alt: ' ', caption: '', credit: '\n' }, words)).toEqual(words));
  test('only the caption from the story', () => {
    expect(shown({ caption: 'The port' }, words)).toEqual({ ...words, caption: 'The port' });
  });
  test('all from the story', () => {
    const own = { alt: 'A ferry', caption: 'First sailing', credit: 'The Example Post' };
    expect(shown(own, words)).toEqual(own);
  });
  test('a missing caption and credit are not a problem', () => {
    expect(shown({ alt: 'A ferry' })).toEqual({ alt: 'A ferry', caption: undefined, credit: undefined });
  });
});

describe('decorative', () => {
  test('has empty alt text and needs none; the caption of the file is not used, but the credit is', () => {
    expect(shown({ decorative: true }, { alt: 'A wave', caption: 'The sea', credit: 'A. Diallo' })).toEqual({
      alt: '',
      caption: undefined,
      credit: 'A. Diallo',
    });
  });
  test('a caption in the story is printed', () => {
    expect(shown({ decorative: true, caption: 'The sea' })).toMatchObject({ alt: '', caption: 'The sea' });
  });
  test('with alt text in the story it is a contradiction', () => {
    expect(rules({ decorative: true, alt: 'A wave' })).toEqual(['decorative-with-alt']);
  });
  test('decorative: false is like saying nothing', () => {
    expect(rules({ decorative: false })).toEqual(['picture-without-alt']);
  });
});

test('no alt text anywhere: what is missing, where Broadsheet looked, and how to write it', () => {
  expect(problems({ caption: 'The port' })).toEqual([
    {
      rule: 'picture-without-alt',
      severity: 'error',
      message:
        'The picture "ferry.jpg" has no alt text. Neither the story nor the file\'s IPTC "Alt Text (Accessibility)" describes it.',
      hint:
        'Write it between the brackets: ![what the picture shows](ferry.jpg). If the picture is only decorative, write ' +
        '<Picture decorative src="ferry.jpg" />, or in the front matter  pictures: { "ferry.jpg": { decorative: true } }.',
    },
  ]);
});

describe('alt text that says what the caption says', () => {
  test.each([
    ['the same', 'The ferry leaves Galway', 'The ferry leaves Galway'],
    ['case, spaces and the end aside', 'the  FERRY leaves\u00a0Galway', 'The ferry leaves Galway.'],
    ['another composition of letters', 'Cafe\u0301', 'Café'],
    ['quotes of another kind', 'The "ferry"', 'The “ferry”'],
    ['ß and SS', 'Straße am Hafen', 'STRASSE AM HAFEN'],
    ['whole within the caption', 'The ferry', 'The ferry leaves Galway on Monday.'],
    ['in a script without spaces', '渡轮离港', '周一渡轮离港，码头恢复。'],
  ])('%s', (_, alt, caption) => {
    expect(rules({ alt, caption })).toEqual(['alt-is-caption']);
  });

  test.each([
    ['other words', 'A white ship at a quay', 'The ferry leaves Galway'],
    ['letters within a word', 'art', 'The party ends'],
    ['the caption within the alt', 'The ferry leaves Galway under low cloud', 'The ferry'],
    ['only signs', '?!', 'What now?!'],
  ])('canary: not %s', (name, alt, caption) => {
    expect(rules({ alt, caption })).toEqual(name === 'only signs' ? ['picture-without-alt'] : []);
  });

  test.each([
    ['en', 'Image of the ferry at Galway', 'The ferry at Galway.'],
    ['en', 'A photo showing two men', 'Two men tie a rope'],
    ['en', 'Photograph: The quay', 'The quay'],
    ['de', 'Ein Foto von Galway', 'Galway'],
    ['de', 'Bild: Der Hafen', 'Der Hafen am Morgen'],
    ['fr', 'Photo de la gare', 'La gare de Lyon'],
    ['fr', 'Une image d’Arles', 'Arles'],
    ['es', 'Imagen del puerto', 'Puerto de Vigo'],
    ['es', 'Una foto que muestra el faro', 'El faro'],
    ['ga', 'Grianghraf de Ghaillimh', 'Ghaillimh ar maidin'],
  ])('apart from a prefix, in %s: %s', (_, alt, caption) => {
    const [found] = problems({ alt, caption });
    expect(found?.rule).toBe('alt-is-caption');
    expect(found?.message).toMatch(/words such as "Image of"/);
  });

  test('canary: a prefix before other words is not a mistake, and neither is a picture within the picture', () => {
    expect(rules({ alt: 'A photo of a white ship', caption: 'The ferry leaves' })).toEqual([]);
    expect(rules({ alt: 'Picture postcards in a rack', caption: 'Tourists buy postcards' })).toEqual([]);
  });

  test('returns the source of each text', () => {
    const same = 'The ferry leaves Galway';
    const message = (text: PictureText, words: PictureWords) => problems(text, words)[0]?.message;
    expect(message({ alt: same, caption: same }, {})).toContain(
      'is the same as its caption, both from the story: "The ferry',
    );
    expect(message({}, { alt: same, caption: same })).toContain('both from the picture file');
    expect(message({ alt: same }, { caption: same })).toContain(
      `alt text (from the story) that is the same as its caption (from the file's IPTC "Description")`,
    );
    expect(message({ caption: same }, { alt: 'The ferry' })).toContain(
      `(from the file's IPTC "Alt Text (Accessibility)") that is part of its caption (from the story)`,
    );
  });

  test('the hint says what to write, and that it takes precedence', () => {
    const same = 'The ferry leaves Galway';
    expect(problems({ alt: same, caption: same })[0]?.hint).toMatch(/Write different alt text\.$/);
    expect(problems({}, { alt: same, caption: same })[0]?.hint).toMatch(/It takes precedence over the file\.$/);
  });
});

test('without a name the messages still make sense', () => {
  expect(pictureWords({}, file())).toMatchObject({
    problems: [{ message: expect.stringMatching(/^This picture has no alt/) }],
  });
});
