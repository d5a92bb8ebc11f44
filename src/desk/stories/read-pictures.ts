import { readPictureFacts } from '../../pictures/metadata.ts';
import { readYamlFile } from '../../yaml/source.ts';
import type { PictureFactsRow, PictureRows } from '../store/picture-rows.ts';
import { bytesOf } from './scan-content.ts';

const chunk = 20;

/**
 * Reads pictures that are new or have changed, in the background.
 *
 * @param site the newsroom's folder
 * @param isOver whether the desk was closed
 */
export async function readPictures(site: string, rows: PictureRows, isOver: () => boolean): Promise<void> {
  for (let paths = rows.unread(chunk); paths.length > 0; paths = isOver() ? [] : rows.unread(chunk))
    for (const path of paths) {
      const facts = await factsOf(site, path);
      if (isOver()) return;
      rows.put(path, facts);
    }
}

/** The size of a picture and its texts: those of its sidecar, or of the file itself. */
async function factsOf(site: string, path: string): Promise<PictureFactsRow | undefined> {
  const bytes = bytesOf(site, path);
  if (!bytes) return undefined;
  try {
    const { widthPx, heightPx, words, iptc } = await readPictureFacts(bytes);
    const { alt, caption, credit } = { ...words, ...textsOfSidecar(site, path) };
    const keywords = iptc && 'keywords' in iptc && Array.isArray(iptc.keywords) ? iptc.keywords : [];
    const all = [alt, caption, credit, words.place, ...keywords];
    return { width: widthPx, height: heightPx, alt, caption, credit, words: all.filter(Boolean).join(' ') };
  } catch {
    return undefined;
  }
}

function textsOfSidecar(site: string, path: string): { alt?: string; caption?: string; credit?: string } {
  const bytes = bytesOf(site, `${path}.yaml`);
  const source = bytes && readYamlFile(`content/${path}.yaml`, bytes);
  if (!source || 'problems' in source || source.data === null || typeof source.data !== 'object') return {};
  const { alt, caption, credit } = source.data as Record<string, unknown>;
  const texts = Object.entries({ alt, caption, credit }).filter(([, value]) => typeof value === 'string');
  return Object.fromEntries(texts) as { alt?: string; caption?: string; credit?: string };
}
