import { createWriteStream, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ninjsOf, type WireRendition } from '../feeds/wire/ninjs.ts';
import { wirePictures } from '../feeds/wire/pictures.ts';
import type { IndexHandle } from '../index/handle.ts';
import { everyStory, type StoryInInventory, storyCount } from '../index/inventory.ts';
import type { ShownPicture } from '../pictures/picture.ts';
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
      const pictures = wirePictures(
        site,
        { lead: story.card.lead, body: story.body },
        (picture) => newsroom.fileOf(picture),
        (file, picture) => original(file, picture, isFile ? undefined : assets),
      );
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

function original(file: string, { facts }: ShownPicture, assets: Assets | undefined): WireRendition[] {
  if (!assets) return [];
  const { url, mime, bytes } = assets.use(file);
  return [{ name: 'original', href: url, mime, widthPx: facts.widthPx, heightPx: facts.heightPx, bytes }];
}
