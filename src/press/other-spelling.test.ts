import { existsSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { removeSpelling, spellingsOf } from './other-spelling.ts';
import { smallNewsroom, story } from './small-newsroom.fixture.ts';

/*
 * Several names of one file (hard links) simulate a case-insensitive file system, which finds a file under any
 * spelling.
 */

function dist(spellings: string[], others: string[] = []): string {
  const folder = mkdtempSync(join(tmpdir(), 'spellings-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const put = (file: string) => mkdirSync(dirname(join(folder, file)), { recursive: true });
  for (const [at, file] of spellings.entries()) {
    put(file);
    if (at === 0) writeFileSync(join(folder, file), 'page');
    else linkSync(join(folder, spellings[0]!), join(folder, file));
  }
  for (const file of others) {
    put(file);
    writeFileSync(join(folder, file), 'other');
  }
  return folder;
}

const about = ['About/index.html', 'about/index.html', 'aBOUT/INDEX.HTML'];

test('on a disk that ignores case, a page that exists under a new spelling is not removed with the old one', () => {
  const folder = dist(about);
  expect(removeSpelling(folder, about[0]!, () => spellingsOf([about[1]!]))).toBe(false);
  expect(readFileSync(join(folder, about[1]!), 'utf8')).toBe('page');
  expect(existsSync(join(folder, about[0]!))).toBe(true);
});

test('a page that the site has under no spelling is removed there', () => {
  const folder = dist(about);
  expect(removeSpelling(folder, about[0]!, () => spellingsOf(['contact/index.html']))).toBe(true);
  expect(existsSync(join(folder, about[0]!))).toBe(false);
});

test('on any other disk the old spelling is another file, and the others are not looked up', () => {
  const folder = dist(['About/index.html'], ['about/index.html']);
  const never = () => {
    throw new Error('asked');
  };
  expect(removeSpelling(folder, 'About/index.html', never)).toBe(true);
  expect(existsSync(join(folder, 'About/index.html'))).toBe(false);
  expect(readFileSync(join(folder, 'about/index.html'), 'utf8')).toBe('other');
});

test('composed and decomposed letters are one name on some disks', () => {
  const [composed, decomposed] = ['über/index.html', 'u\u0308ber/index.html'];
  const folder = dist([decomposed!, composed!]);
  expect(removeSpelling(folder, decomposed!, () => spellingsOf([composed!]))).toBe(false);
  expect(existsSync(join(folder, composed!))).toBe(true);
});

test('a publish after a rename by case alone leaves the page in its new spelling', async () => {
  const page = '---\nheadline: About\n---\n\nUs.\n';
  const newsroom = smallNewsroom({
    'content/pages/About.md': page,
    'content/stories/2025/02/harbour.md': story(),
  });
  onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
  await newsroom.press();
  const [old] = [...newsroom.dist().keys()].filter((file) => /^about\//i.test(file));
  newsroom.remove('content/pages/About.md');
  newsroom.put('content/pages/x.md', `---\nheadline: About\nslug: ABOUT\n---\n\nUs.\n`);
  await newsroom.press();
  expect([...newsroom.dist().keys()].filter((file) => /^about\//i.test(file))).toEqual(['ABOUT/index.html']);
  expect(old).not.toBe('ABOUT/index.html');
});
