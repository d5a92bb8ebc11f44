import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { leadWidthsPx } from '../src/pictures/slots.ts';
import { repository } from './engine.ts';
import { machine } from './machine.ts';
import { type Measurement, measure } from './measure.ts';
import { put } from './newsroom.ts';
import { butteraugli } from './quality.ts';

export interface RenditionOptions {
  count: number;
  seed: number;
}

export interface RenditionResults {
  machine: ReturnType<typeof machine>;
  pictures: number;
  megabytes: number;
  ours: Measurement;
  /** A second run that needs the same renditions: each is found and compared with its digest. */
  unchangedMicroseconds: number;
  astro: Measurement;
  /** The same site without pictures, which shows how much of the above is not caused by pictures. */
  astroAlone: Measurement;
  scores: { format: string; widthPx: number; ours: number; astro: number; oursKb: number; astroKb: number }[];
}

/**
 * Creates the renditions of photographs of about 2 MB with empty caches, and lets Astro's own `<Picture>` create the
 * same widths and formats of the same files with its default service. Both run as separate processes. CPU time counts,
 * because it does not depend on what else the machine is doing.
 *
 * @param home an empty folder
 */
export async function benchRenditions(options: RenditionOptions, home: string): Promise<RenditionResults> {
  const pictures = join(home, 'pictures');
  await generatePictures(pictures, options);
  const files = readdirSync(pictures).sort();
  const megabytes = files.reduce((sum, name) => sum + statSync(join(pictures, name)).size, 0) / 1e6;
  const folder = join(home, 'renditions');
  const script = join(repository, 'bench/renditions-ours.ts');
  const run = { file: process.execPath, args: [script, pictures, folder], cwd: repository };
  const ours = await measure(run);
  const again = JSON.parse(execFileSync(run.file, run.args, { encoding: 'utf8', maxBuffer: 1e8 })) as {
    made: number;
    seconds: number;
    names: string[][];
  };
  if (again.made !== 0) throw new Error(`${again.made} renditions were made twice`);
  const alone = await astroBuild(join(home, 'astro-alone'), pictures, []);
  const astro = await astroBuild(join(home, 'astro'), pictures, files);
  const scores = await compare({ pictures, files, folder, names: again.names, astro: join(home, 'astro') });
  return {
    machine: machine(),
    pictures: files.length,
    megabytes,
    ours,
    unchangedMicroseconds: (again.seconds * 1e6) / files.length,
    astro,
    astroAlone: alone,
    scores,
  };
}

/**
 * The same seed gives the same pixels. Each picture is a part of a photograph, slightly brightened, as large as those
 * of cameras.
 */
export async function generatePictures(folder: string, { count, seed }: RenditionOptions): Promise<void> {
  const shared = join(repository, '../shared/data/demo-photos');
  const from = existsSync(shared) ? shared : join(repository, 'content');
  mkdirSync(folder, { recursive: true });
  const photographs = (readdirSync(from, { recursive: true }) as string[])
    .filter((name) => name.endsWith('.jpg'))
    .sort();
  let state = seed >>> 0;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  for (let number = 0; number < count; number++) {
    const source = join(from, photographs[number % photographs.length] ?? '');
    const brightness = 0.9 + random() * 0.2;
    const position = (['centre', 'top', 'bottom', 'left', 'right'] as const)[Math.floor(random() * 5)];
    const image = sharp(source).resize(3000, 2000, { fit: 'cover', position }).modulate({ brightness });
    const { data, info } = await image.removeAlpha().raw().toBuffer({ resolveWithObject: true });
    // Grain, as from a sensor. It makes the file as large as a camera's, and as hard to encode.
    for (let at = 0; at < data.length; at++)
      data[at] = Math.max(0, Math.min(255, (data[at] ?? 0) + (random() * 8 - 4)));
    let quality = 97;
    const encode = async () => await sharp(data, { raw: info }).jpeg({ quality }).toBuffer();
    let bytes = await encode();
    while (bytes.length > 2_300_000 && quality > 70) {
      quality -= 2;
      bytes = await encode();
    }
    writeFileSync(join(folder, `picture-${String(number).padStart(4, '0')}.jpg`), bytes);
  }
}

async function astroBuild(site: string, pictures: string, files: string[]): Promise<Measurement> {
  put(site, 'package.json', '{ "type": "module", "private": true }\n');
  put(site, 'astro.config.mjs', 'export default { devToolbar: { enabled: false } };\n');
  for (const name of files) {
    mkdirSync(join(site, 'src/pictures'), { recursive: true });
    copyFileSync(join(pictures, name), join(site, 'src/pictures', name));
  }
  const imports = files.map((name, at) => `import p${at} from '../pictures/${name}';`).join('\n');
  const shown = files.map(
    (_, at) => `<Picture src={p${at}} alt="" formats={['avif', 'webp']} fallbackFormat="jpeg" widths={widths} />`,
  );
  put(
    site,
    'src/pages/index.astro',
    `---\nimport { Picture } from 'astro:assets';\n${imports}\nconst widths = ${JSON.stringify(leadWidthsPx)};\n---\n<html><body>\n${shown.join('\n')}\n</body></html>\n`,
  );
  symlinkSync(join(repository, 'node_modules'), join(site, 'node_modules'));
  return await measure({
    file: process.execPath,
    args: [join(repository, 'node_modules/astro/bin/astro.mjs'), 'build'],
    cwd: site,
    env: { ASTRO_TELEMETRY_DISABLED: '1' },
  });
}

interface Sides {
  pictures: string;
  files: string[];
  folder: string;
  names: string[][];
  astro: string;
}

/** A few pictures, from the first to the last, in each format at the width of a phone and of a screen. */
async function compare({ pictures, files, folder, names, astro }: Sides): Promise<RenditionResults['scores']> {
  const html = readFileSync(join(astro, 'dist/index.html'), 'utf8');
  const blocks = html.split('<picture').slice(1);
  const scratch = join(astro, 'scratch');
  mkdirSync(scratch);
  const scores: RenditionResults['scores'] = [];
  const chosen = files
    .map((_, at) => at)
    .filter((at) => at % Math.max(1, Math.floor(files.length / 4)) === 0)
    .slice(0, 4);
  for (const widthPx of [736, 1824])
    for (const [format, extension] of [
      ['avif', 'avif'],
      ['webp', 'webp'],
      ['jpeg', 'jpg'],
    ] as const) {
      const sums = { ours: 0, astro: 0, oursKb: 0, astroKb: 0 };
      for (const at of chosen) {
        const original = join(scratch, 'original.png');
        await sharp(join(pictures, files[at] ?? ''))
          .resize(widthPx)
          .png({ compressionLevel: 1 })
          .toFile(original);
        const mine = join(folder, names[at]?.find((name) => name.endsWith(`-${widthPx}.${extension}`)) ?? '');
        const [, path = ''] =
          new RegExp(`(/_astro/[^ ",]+\\.${extension === 'jpg' ? 'jpe?g' : extension}) ${widthPx}w`).exec(
            blocks[at] ?? '',
          ) ?? [];
        for (const [side, file] of [
          ['ours', mine],
          ['astro', join(astro, 'dist', path)],
        ] as const) {
          const decoded = join(scratch, 'decoded.png');
          await sharp(file).png({ compressionLevel: 1 }).toFile(decoded);
          sums[side] += (await butteraugli(original, decoded)) / chosen.length;
          sums[`${side}Kb`] += statSync(file).size / 1000 / chosen.length;
        }
      }
      scores.push({ format, widthPx, ...sums });
    }
  rmSync(scratch, { recursive: true });
  return scores;
}

/** As Markdown. */
export function renditionTable({
  pictures,
  megabytes,
  ours,
  unchangedMicroseconds,
  astro,
  astroAlone,
  scores,
}: RenditionResults): string {
  const cores = cpus().length;
  const number = (value: number | undefined, digits = 1) => value?.toFixed(digits) ?? '?';
  const busy = ({ cpuSeconds, seconds }: Measurement) =>
    cpuSeconds === undefined ? '?' : `${((cpuSeconds / seconds / cores) * 100).toFixed(0)} %`;
  const row = (name: string, m: Measurement) =>
    `| ${name} | ${number(m.seconds)} s | ${number(m.cpuSeconds)} s | ${busy(m)} | ${number(m.peakMb, 0)} MB |`;
  const lines = [
    `${pictures} photographs of ${number(megabytes / pictures)} MB, ${leadWidthsPx.length} widths in AVIF, WebP and JPEG`,
    '',
    '| | wall | CPU | cores busy | memory |',
    '| --- | --- | --- | --- | --- |',
    row('Broadsheet', ours),
    row('Astro `<Picture>`, whole build', astro),
    row('Astro, the same page without pictures', astroAlone),
    '',
    `A second run takes ${number(unchangedMicroseconds)} µs for each picture and compares each rendition with its digest.`,
  ];
  if (astro.cpuSeconds && ours.cpuSeconds) {
    const net = astro.cpuSeconds - (astroAlone.cpuSeconds ?? 0);
    lines.push(
      `CPU: ${number(ours.cpuSeconds / astro.cpuSeconds, 2)} × Astro's build, ${number(ours.cpuSeconds / net, 2)} × the cost of its pictures. Goal: ≤ 0.60.`,
    );
  }
  if (scores.length)
    lines.push(
      '',
      'Butteraugli, 3-norm, mean of 4 pictures (a lower value is closer to the original):',
      '',
      '| format | width | Broadsheet | Astro |',
      '| --- | --- | --- | --- |',
      ...scores.map(
        (s) =>
          `| ${s.format} | ${s.widthPx} | ${number(s.ours, 2)} (${number(s.oursKb, 0)} kB) | ${number(s.astro, 2)} (${number(s.astroKb, 0)} kB) |`,
      ),
    );
  return lines.join('\n');
}
