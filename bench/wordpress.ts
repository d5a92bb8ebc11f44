/*
 * How fast an export of WordPress is imported, and in how much memory:
 *
 *   node bench/wordpress.ts --posts 2000
 *   node bench/wordpress.ts --posts 20000                 300 MB
 *   node bench/wordpress.ts --posts 100000 --chars 19500   2 GB
 *   node bench/wordpress.ts --posts 2000 --huge 100000000  one post among them has 100 MB
 *
 * It writes an export with posts of about 15 KB of HTML each into a temporary folder, imports it into an empty newsroom
 * in a process of its own, with the pages of the receipt, as the command does, and prints posts per second and the
 * largest memory of that process.
 */
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { fewPools, smallHeap } from '../src/cli/import-flags.mjs';
import { importArchive } from '../src/import/import.ts';
import { PagesBeside } from '../src/import/receipt-page/pages-beside.ts';

const year = 2004;

interface Export {
  posts: number;
  /** Of the HTML of a post. */
  chars: number;
  /** Of the HTML of one more post, or 0. */
  huge: number;
}

async function bench(wanted: Export): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-wordpress-'));
  try {
    mkdirSync(join(folder, 'site/content'), { recursive: true });
    writeFileSync(
      join(folder, 'site/content/site.yaml'),
      'name: Bench\nurl: https://bench.example\ntimeZone: Europe/Dublin\nsections: [{ id: news, title: News }]\n',
    );
    const file = join(folder, 'export.xml');
    await writeExport(file, wanted);
    process.stdout.write(`${wanted.posts} posts, ${(statSync(file).size / 1e6).toFixed(0)} MB\n`);
    const run = spawnSync(process.execPath, [...smallHeap, import.meta.filename, '--run', folder], {
      stdio: 'inherit',
      env: { ...process.env, ...fewPools },
    });
    if (run.status !== 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function importHere(folder: string): Promise<void> {
  const started = performance.now();
  const site = join(folder, 'site');
  const pages = new PagesBeside(join(site, '.broadsheet/import/receipt'));
  const receipt = await importArchive('wordpress', {
    source: join(folder, 'export.xml'),
    site,
    permalinks: [],
    dryRun: false,
    onStory: (story) => pages.add(story),
  });
  await pages.finish(receipt);
  await pages.close();
  const seconds = (performance.now() - started) / 1000;
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.stdout.write(
    `${receipt.files.stories} stories, ${receipt.files.skipped} skipped: ${seconds.toFixed(1)} s, ${(receipt.files.in / seconds).toFixed(0)} posts/s; ` +
      `${((userCPUTime + systemCPUTime) / 1e6).toFixed(1)} s of processor time, ${(receipt.files.in / ((userCPUTime + systemCPUTime) / 1e6)).toFixed(0)} posts for each; ` +
      `${(maxRSS / 1000).toFixed(0)} MB of memory at most\n`,
  );
}

async function writeExport(file: string, { posts, chars, huge }: Export): Promise<void> {
  const out = createWriteStream(file);
  const write = async (text: string): Promise<void> => {
    if (!out.write(text)) await new Promise<void>((resolve) => out.once('drain', resolve));
  };
  await write(
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">\n<channel><title>Bench</title><link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example</wp:base_blog_url>\n<wp:author><wp:author_login>ann</wp:author_login><wp:author_display_name>Ann Lee</wp:author_display_name></wp:author>\n',
  );
  for (let id = 1; id <= posts; id++) {
    await write(postOf(id, chars));
    if (id % 2 === 0) await write(attachmentOf(id));
  }
  if (huge > 0) {
    const [before = '', after = ''] = postOf(posts + 1, 0).split(textMark);
    await write(before);
    for (let length = 0; length < huge; length += 1_000_000) await write('<p>word</p>\n'.repeat(1_000_000 / 12));
    await write(after);
  }
  await write('</channel></rss>\n');
  out.end();
  await finished(out);
}

/** Words that differ from post to post, and are the same in every run. */
function sentence(seed: number): string {
  const words = [
    'harbour',
    'council',
    'ferry',
    'storm',
    'school',
    'budget',
    'election',
    'bridge',
    'court',
    'hospital',
    'river',
    'market',
  ];
  return Array.from({ length: 14 }, (_, at) => words[(seed * 7 + at * 5 + ((seed * at) % 11)) % words.length]).join(
    ' ',
  );
}

const textMark = '<!-- text -->';

function postOf(id: number, chars: number): string {
  const parts: string[] = [];
  let length = 0;
  for (let at = 0; length < chars; at++) {
    const part =
      at % 6 === 5
        ? `<!-- wp:image {"id":${id}} -->\n<figure class="wp-block-image"><img src="https://old.example/wp-content/uploads/${id}-${at}.jpg" alt="A ${sentence(id + at)}" class="wp-image-${id}"/><figcaption>The ${sentence(at)}. (Photo: Ann Lee)</figcaption></figure>\n<!-- /wp:image -->\n\n`
        : at % 9 === 8
          ? `<!-- wp:heading -->\n<h2>The ${sentence(at)}</h2>\n<!-- /wp:heading -->\n\n<!-- wp:list -->\n<ul><li>${sentence(at + 1)}</li><li>${sentence(at + 2)}</li></ul>\n<!-- /wp:list -->\n\n`
          : `<!-- wp:paragraph -->\n<p>The &#8220;${sentence(id * at)}&#8221; on <strong>Monday</strong>, and the <a href="https://old.example/?p=${Math.max(1, id - at)}">${sentence(id + 3)}</a> said that ${sentence(at * 3)}, <em>${sentence(at + 9)}</em>.</p>\n<!-- /wp:paragraph -->\n\n`;
    parts.push(part);
    length += part.length;
  }
  const day = new Date(Date.UTC(year, 0, 1) + id * 20_000_000).toISOString().slice(0, 19).replace('T', ' ');
  return `<item><title>The ${sentence(id)} ${id}</title><link>https://old.example/${id}/</link><dc:creator>ann</dc:creator><guid>https://old.example/?p=${id}</guid><content:encoded><![CDATA[${parts.join('') || textMark}]]></content:encoded><excerpt:encoded><![CDATA[${sentence(id)}]]></excerpt:encoded><wp:post_id>${id}</wp:post_id><wp:post_date>${day}</wp:post_date><wp:post_date_gmt>${day}</wp:post_date_gmt><wp:post_name>story-${id}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><category domain="category" nicename="news"><![CDATA[News]]></category><category domain="post_tag" nicename="tag-${id % 50}"><![CDATA[Tag ${id % 50}]]></category><wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>${1e6 + id}</wp:meta_value></wp:postmeta></item>\n`;
}

const attachmentOf = (id: number): string =>
  `<item><title>File ${id}</title><excerpt:encoded><![CDATA[The ${sentence(id)}. (Photo: Ann Lee)]]></excerpt:encoded><wp:post_id>${1e6 + id}</wp:post_id><wp:post_parent>${id}</wp:post_parent><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status><wp:attachment_url>https://old.example/wp-content/uploads/${id}.jpg</wp:attachment_url></item>\n`;

const { values } = parseArgs({
  options: {
    posts: { type: 'string', default: '2000' },
    chars: { type: 'string', default: '15000' },
    huge: { type: 'string', default: '0' },
    run: { type: 'string' },
  },
});
if (values.run !== undefined) await importHere(values.run);
else await bench({ posts: Number(values.posts), chars: Number(values.chars), huge: Number(values.huge) });
