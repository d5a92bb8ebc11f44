import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { DeskPicture, PictureUse } from '../photo-desk/pictures.ts';
import { several } from '../problems/counted.ts';
import { type CommandWords, type Io, readArguments, UsageError } from './command.ts';
import { cacheFolder, mustBeNewsroom, siteFolder, siteOption } from './folders.ts';
import { openProgress } from './progress.ts';
import { plainProblem, reportFailure, showProblems } from './report-problems.ts';
import { stoppable } from './stop.ts';

export const words: CommandWords = {
  usage: 'pictures [--site DIR] [options]',
  about: `Lists every picture: where it is shown, where each of its texts comes from (the story, its sidecar, the XMP, IIM, or Exif
data of the file, or site.yaml), and what is missing (alt text, credit, or rights).`,
  options: {
    site: siteOption,
    story: { value: 'NAME', words: 'only the pictures of one story, such as 2025/02/harbour-reopens' },
    day: { value: 'DATE', words: 'only the pictures of the stories of one day, such as 2025-02-12' },
    missing: { words: 'only pictures that lack alt text, a credit, or rights' },
    sheet: { value: 'FILE', words: 'write a contact sheet, as one HTML file' },
    json: { words: 'print all data, as JSON only' },
  },
  examples: [
    ['broadsheet pictures --missing', 'what the photo desk still has to do'],
    [
      'broadsheet pictures --day 2025-02-12 --sheet day.html',
      'the pictures of one day with all their texts, for the browser',
    ],
  ],
};

/** `broadsheet pictures`. @returns 1 if a picture cannot be shown or a build would refuse its texts */
export async function run(argv: string[], io: Io): Promise<number> {
  const args = readArguments(words, argv);
  const site = siteFolder(args, io);
  const day = args.value('day');
  if (day !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(day))
    throw new UsageError(`--day ${day}: this is not a date.`, 'Write it as  --day 2025-02-12 .');
  const progress = openProgress(io, args.has('json'));
  try {
    mustBeNewsroom(site);
    const { listPictures } = await import('../photo-desk/pictures.ts');
    const work = listPictures({
      site,
      cache: cacheFolder(site, io),
      clock: Date.now(),
      onProgress: (phase, done, total) => progress.show({ phase, done, total }),
    });
    const { pictures, problems } = await stoppable(work, () => progress.end());
    progress.end();
    const story = args
      .value('story')
      ?.replace(/^story:/, '')
      .normalize('NFC');
    const isChosen = (use: PictureUse) =>
      (story === undefined || use.story === story) && (day === undefined || use.day === day);
    const isFiltered = story !== undefined || day !== undefined;
    const shown = pictures
      .map((picture) => ({ ...picture, uses: picture.uses.filter(isChosen) }))
      .filter(({ uses }) => uses.length > 0 || !isFiltered)
      .flatMap((picture) => (args.has('missing') ? lacking(picture) : [picture]));
    const sheet = args.value('sheet');
    if (sheet !== undefined) {
      const { contactSheet } = await import('../photo-desk/contact-sheet.ts');
      const { writeAtomically } = await import('../pictures/ledger.ts');
      const file = resolve(io.cwd, sheet);
      mkdirSync(dirname(file), { recursive: true });
      const title = [story, day].filter(Boolean).join(', ') || 'All pictures';
      await writeAtomically(file, await contactSheet(site, title, shown));
    }
    if (args.has('json'))
      io.stdout.write(`${JSON.stringify({ pictures: shown, problems: problems.map(plainProblem) }, null, 2)}\n`);
    else {
      showProblems(problems, io, 'Check these files.');
      io.stdout.write(table(shown));
      if (sheet !== undefined) io.stdout.write(`Contact sheet: ${sheet}\n`);
    }
    const isRefused = shown.some(({ uses }) => uses.some(({ refused }) => refused.length > 0));
    return isRefused || problems.some(({ severity }) => severity === 'error') ? 1 : 0;
  } catch (error) {
    progress.end();
    return reportFailure(error, io);
  }
}

const lacking = (picture: DeskPicture): DeskPicture[] => {
  const uses = picture.uses.filter(({ missing, refused }) => missing.length > 0 || refused.length > 0);
  return uses.length > 0 ? [{ ...picture, uses }] : [];
};

const columns = ['alt', 'caption', 'credit', 'copyright', 'licence'] as const;

/** A line for each place where a picture is shown, so that every statement is about that place. */
function table(pictures: readonly DeskPicture[]): string {
  const rows = pictures.flatMap((picture) => {
    const { path } = picture;
    if (picture.uses.length === 0)
      return [[path, 'not shown anywhere', ...columns.map((key) => picture.words[key]?.from ?? '-'), '']];
    return picture.uses.map((use) => [
      path,
      `${use.story ?? use.file}:${use.line}`,
      ...columns.map((key) => (key === 'alt' && use.isDecorative ? 'decorative' : (use.words[key]?.from ?? '-'))),
      [...use.missing, ...(use.refused.length > 0 ? ['refused'] : [])].join(', '),
    ]);
  });
  const head = ['Picture', 'Shown in', 'Alt', 'Caption', 'Credit', 'Copyright', 'Licence', 'Missing'];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const uses = pictures.flatMap(({ uses }) => uses);
  const count = (what: PictureUse['missing'][number]) => uses.filter(({ missing }) => missing.includes(what)).length;
  const [alt, credit, rights] = [count('alt'), count('credit'), count('rights')];
  const sum = `${several(pictures.length, 'picture')}, shown in ${several(uses.length, 'place')}. Without alt: ${alt}, without credit: ${credit}, without rights: ${rights}.`;
  return rows.length === 0 ? `${sum}\n` : `${[head, ...rows].map(line).join('\n')}\n\n${sum}\n`;
}
