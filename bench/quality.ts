import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { recipe } from '../src/pictures/recipe.ts';
import { repository } from './engine.ts';

/**
 * Measures the quality settings of the encoders: for each format and width, how far a photograph is from its pixels
 * before encoding, by butteraugli (Debian: libjxl-devtools), and its size in bytes. The table in
 * `src/pictures/recipe.ts` was chosen with these figures. docs/decisions/0010 explains how. The last column of each
 * format is sharp's default, which is what Astro's own `<Picture>` uses.
 *
 * @param folder with photographs at least 1,824 px wide. Narrower ones are skipped
 */
export async function measureQuality(folder: string, photographsMax: number): Promise<QualityRow[]> {
  const home = mkdtempSync(join(tmpdir(), 'broadsheet-quality-'));
  try {
    const wide: string[] = [];
    for (const name of readdirSync(folder).sort()) {
      if (!name.endsWith('.jpg')) continue;
      const { width } = await sharp(join(folder, name)).metadata();
      if (width >= Math.max(...widths)) wide.push(name);
    }
    // Spread over the folder, because neighbours by name are often by the same photographer.
    const every = Math.max(1, Math.floor(wide.length / photographsMax));
    const chosen = wide.filter((_, place) => place % every === 0).slice(0, photographsMax);
    const tasks = chosen.flatMap((name) => widths.map((widthPx) => ({ name, widthPx })));
    const found = new Map<string, { score: number; bytes: number }[]>();
    const work = async (lane: number) => {
      for (let task = tasks.shift(); task; task = tasks.shift()) {
        const { widthPx } = task;
        const { data, info } = await sharp(join(folder, task.name))
          .resize(widthPx)
          .removeAlpha()
          .raw()
          .toBuffer({ resolveWithObject: true });
        const original = join(home, `${lane}-original.png`);
        await sharp(data, { raw: info }).png({ compressionLevel: 1 }).toFile(original);
        for (const { format, label, options } of candidates()) {
          const encoded = await sharp(data, { raw: info }).toFormat(format, options).toBuffer();
          const shown = join(home, `${lane}-shown.png`);
          await sharp(encoded).png({ compressionLevel: 1 }).toFile(shown);
          const key = JSON.stringify([format, widthPx, label]);
          const list = found.get(key) ?? [];
          list.push({ score: await butteraugli(original, shown), bytes: encoded.length });
          found.set(key, list);
        }
        process.stderr.write(`${task.name} ${widthPx}\n`);
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, (_, lane) => work(lane)));
    return [...found].map(([key, list]) => {
      const [format, widthPx, quality] = JSON.parse(key) as [Format, number, number | 'default'];
      return {
        format,
        widthPx,
        quality,
        score: mean(list.map(({ score }) => score)),
        worst: Math.max(...list.map(({ score }) => score)),
        bytes: Math.round(mean(list.map(({ bytes }) => bytes))),
        photographs: list.length,
      };
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

type Format = 'avif' | 'webp' | 'jpeg';

export interface QualityRow {
  format: Format;
  widthPx: number;
  /** The number given to the encoder, or 'default' for sharp's default. */
  quality: number | 'default';
  /**
   * The mean of butteraugli's 3-norm over the photographs. 1 is about the smallest difference that a careful observer
   * sees.
   */
  score: number;
  worst: number;
  bytes: number;
  photographs: number;
}

const widths = [360, 736, 1104, 1824];
const qualities = { avif: [50, 57, 64, 71], webp: [75, 82], jpeg: [78, 84] } as const;

function candidates(): { format: Format; label: number | 'default'; options: object }[] {
  return (['avif', 'webp', 'jpeg'] as const).flatMap((format) => [
    ...qualities[format].map((quality) => ({
      format,
      label: quality,
      options: { ...recipe[format], quality },
    })),
    { format, label: 'default' as const, options: {} },
  ]);
}

/** @throws if `butteraugli_main` is not installed */
export async function butteraugli(original: string, shown: string): Promise<number> {
  const { stdout } = await promisify(execFile)('butteraugli_main', [original, shown, '--pnorm', '3']);
  const score = Number(/3-norm: ([\d.]+)/.exec(stdout)?.[1]);
  if (!Number.isFinite(score)) throw new Error(`butteraugli_main printed: ${stdout}`);
  return score;
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** `node bench/quality.ts FOLDER [PHOTOGRAPHS]` prints the table and stores it in bench/results. */
if (import.meta.main) {
  sharp.concurrency(1);
  const rows = await measureQuality(process.argv[2] ?? '', Number(process.argv[3] ?? 8));
  mkdirSync(join(repository, 'bench/results'), { recursive: true });
  writeFileSync(join(repository, 'bench/results/quality.json'), `${JSON.stringify(rows, null, 1)}\n`);
  for (const format of ['avif', 'webp', 'jpeg'] as const) {
    console.log(`\n${format}: butteraugli (bytes)`);
    const labels = [...qualities[format], 'default'] as const;
    console.log(`| width | ${labels.join(' | ')} |\n|${' --- |'.repeat(labels.length + 1)}`);
    for (const widthPx of widths) {
      const cells = labels.map((label) => {
        const row = rows.find((one) => one.format === format && one.widthPx === widthPx && one.quality === label);
        return row ? `${row.score.toFixed(2)} (${row.bytes.toLocaleString('en')})` : '';
      });
      console.log(`| ${widthPx} | ${cells.join(' | ')} |`);
    }
  }
}
