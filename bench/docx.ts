/*
 * How long a Word document of many pages takes to be imported:
 *
 *   node bench/docx.ts --pages 100
 *
 * A page has 500 words in five paragraphs of several runs, and a heading; every third page has a table, and every second
 * one a footnote. The document is imported in a process of its own, and the time includes its start.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { importArchive } from '../src/import/import.ts';
import { docxOf, p, run } from '../src/import/sources/docx/docx.fixture.ts';

const { values } = parseArgs({ options: { pages: { type: 'string', default: '100' }, run: { type: 'string' } } });
const words = 'harbour council ferry storm school budget election bridge court hospital river market quay'.split(' ');
const sentence = (seed: number, length: number): string =>
  `${Array.from({ length }, (_, at) => words[(seed * 7 + at * 5 + ((seed * at) % 11)) % words.length]).join(' ')}. `;

function page(number: number): string {
  const paragraphs = Array.from({ length: 5 }, (_, at) =>
    p(
      Array.from({ length: 10 }, (_, part) =>
        run(sentence(number * 50 + at * 10 + part, 10), part % 4 === 1 ? '<w:b/>' : part % 4 === 3 ? '<w:i/>' : ''),
      ).join('') + (at === 0 && number % 2 === 0 ? `<w:r><w:footnoteReference w:id="${number / 2 + 1}"/></w:r>` : ''),
    ),
  );
  const cell = (at: number) => `<w:tc>${p(sentence(at, 3))}</w:tc>`;
  const rows = Array.from(
    { length: 8 },
    (_, row) => `<w:tr>${[0, 1, 2, 3].map((at) => cell(row * 4 + at)).join('')}</w:tr>`,
  );
  return (
    p(`Part ${number}`, 'Heading2') + paragraphs.join('') + (number % 3 === 0 ? `<w:tbl>${rows.join('')}</w:tbl>` : '')
  );
}

async function bench(pages: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-docx-'));
  try {
    mkdirSync(join(folder, 'site/content'), { recursive: true });
    writeFileSync(
      join(folder, 'site/content/site.yaml'),
      'name: Bench\nurl: https://bench.example\ntimeZone: Europe/Dublin\nsections: [{ id: news, title: News }]\n',
    );
    const document = docxOf({
      body: Array.from({ length: pages }, (_, number) => page(number)).join(''),
      styles: { Heading2: { name: 'heading 2', level: 1 } },
      footnotes: Array.from({ length: Math.ceil(pages / 2) }, (_, number) => sentence(number, 12)),
    });
    writeFileSync(join(folder, 'report.docx'), document);
    process.stdout.write(`${pages} pages, ${(document.length / 1e3).toFixed(0)} KB\n`);
    const run = spawnSync(process.execPath, [import.meta.filename, '--run', folder], { stdio: 'inherit' });
    if (run.status !== 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function importHere(folder: string): Promise<void> {
  const { files } = await importArchive('docx', {
    source: join(folder, 'report.docx'),
    site: join(folder, 'site'),
    permalinks: [],
    dryRun: false,
  });
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.stdout.write(
    `${files.written} written: ${(performance.now() / 1000).toFixed(1)} s, ` +
      `${((userCPUTime + systemCPUTime) / 1e6).toFixed(2)} s of processor time, ${(maxRSS / 1000).toFixed(0)} MB of memory at most\n`,
  );
}

if (values.run !== undefined) await importHere(values.run);
else await bench(Number(values.pages));
