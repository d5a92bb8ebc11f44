import { createWriteStream, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { picturesIn } from '../feeds/item.ts';
import { ninjsOf, type WirePicture, type WireRendition } from '../feeds/wire/ninjs.ts';
import type { IndexHandle } from '../index/handle.ts';
import { everyStory, type StoryInInventory, storyCount } from '../index/inventory.ts';
import { renditionHref } from '../pictures/hrefs.ts';
import type { ShownPicture } from '../pictures/picture.ts';
import { renditionSets } from '../pictures/renditions.ts';
import { originOf } from '../site/site.ts';
import { Assets, flatNames } from './assets.ts';
import { type ExportOptions, type ExportReport, emptyReport, kindOf } from './export-options.ts';
import { storyHtml } from './story-html.ts';
import { WholeNewsroom, type WholeStory } from './whole-newsroom.ts';

/**
 * Writes each story as an object of ninjs 3.1: a folder with a file for each story and the pictures beside them, as
 * agencies deliver them, or one file with an object on each line.
 *
 * @param out the folder, or the file
 */
export async function exportNinjs(
  index: IndexHandle,
  out: string,
  isFile: boolean,
  { site: root, isPublicOnly, now, media, onProgress = () => {} }: ExportOptions,
): Promise<ExportReport> {
  const report = emptyReport();
  const newsroom = new WholeNewsroom(index, isPublicOnly, now);
  const { site } = newsroom;
  const assets = new Assets({
    root,
    folder: isFile ? undefined : out,
    media: media ?? site.url,
    placeOf: flatNames('pictures'),
  });
  const total = storyCount(index);
  let at = 0;

  function* objects(): Generator<{ item: StoryInInventory; json: string }> {
    for (const item of everyStory(index)) {
      onProgress('export', at++, total);
      const reason = isPublicOnly ? newsroom.whyHidden(item) : undefined;
      if (reason !== undefined) {
        report.leftOut.push({ file: item.file, reason });
        continue;
      }
      const story = newsroom.story(item);
      const place = (picture: ShownPicture) => {
        const file = isFile ? undefined : newsroom.fileOf(picture);
        return file === undefined ? undefined : { url: assets.use(file).url };
      };
      const html = storyHtml(newsroom, story, place);
      const pictures = picturesOf(newsroom, story, isFile ? undefined : assets);
      yield {
        item,
        json: JSON.stringify(
          ninjsOf(site, { ...story, name: nameOf(story), html, pictures }),
          null,
          isFile ? undefined : 2,
        ),
      };
      report[kindOf(item)]++;
    }
  }

  if (isFile) {
    const lines = function* () {
      for (const { json } of objects()) yield `${json}\n`;
    };
    await pipeline(Readable.from(lines()), createWriteStream(out));
    report.files = 1;
    report.bytes = statSync(out).size;
  } else
    for (const { item, json } of objects()) {
      const file = join(out, `${item.id}.json`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${json}\n`);
      report.files++;
      report.bytes += Buffer.byteLength(json) + 1;
    }
  const { files, bytes, pictures } = assets.counts;
  report.files += files;
  report.bytes += bytes;
  report.pictures = pictures;
  return report;
}

/** The name that an editor has given to a story. */
const nameOf = ({ written }: WholeStory): string | undefined =>
  typeof written.id === 'string' ? written.id : undefined;

/** The lead and the pictures of the text, each once. */
function picturesOf(newsroom: WholeNewsroom, story: WholeStory, assets: Assets | undefined): WirePicture[] {
  const { lead } = story.card;
  const seen = new Set<string>();
  return [...(lead ? [lead] : []), ...picturesIn(story.body)].flatMap((picture): WirePicture[] => {
    const file = newsroom.fileOf(picture);
    const { facts: _, focus: __, ...texts } = picture;
    const key = JSON.stringify([file, texts]);
    if (file === undefined || seen.has(key)) return [];
    seen.add(key);
    return [
      {
        id: `pictures/${file.replace(/^content\/(?:stories\/)?/, '')}`,
        isLead: picture === lead,
        ...texts,
        renditions: [...original(file, picture, assets), ...onSite(newsroom, picture, picture === lead)],
      },
    ];
  });
}

function original(file: string, { facts }: ShownPicture, assets: Assets | undefined): WireRendition[] {
  if (!assets) return [];
  const { url, mime, bytes } = assets.use(file);
  return [{ name: 'original', href: url, mime, widthPx: facts.widthPx, heightPx: facts.heightPx, bytes }];
}

/** The renditions on the site, in the format that every system reads, the widest first. */
function onSite({ site }: WholeNewsroom, { facts }: ShownPicture, isLead: boolean): WireRendition[] {
  const href = renditionHref(site);
  return renditionSets(facts, { use: isLead ? 'lead' : 'text' })
    .whole.filter(({ format }) => format === 'jpeg' || format === 'png')
    .sort((a, b) => b.widthPx - a.widthPx)
    .map(({ name, format, widthPx, heightPx }) => ({
      name: `web-${widthPx}`,
      ...{ href: originOf(site) + href(name), mime: `image/${format}`, widthPx, heightPx },
    }));
}
