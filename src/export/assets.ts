import { copyFileSync, mkdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { hrefOf } from '../site/site.ts';

/** A file of the newsroom in an export: a picture or a document. */
export interface Asset {
  /** A complete address: where it is once the files of the export are on a server. */
  url: string;
  /** Its place in the export, with forward slashes. */
  path: string;
  mime: string;
  bytes: number;
}

export interface AssetOptions {
  /** The newsroom. */
  root: string;
  /** The folder of the export. Without one, no file is copied. */
  folder: string | undefined;
  /** The address at which the folder of the export is, or will be. */
  media: string;
  /** The place of a file in the export. */
  placeOf: (file: string) => string;
}

/** Copies each file once, when it is first used. */
export class Assets {
  readonly #options: AssetOptions;
  readonly #known = new Map<string, Asset>();
  #bytes = 0;
  #pictures = 0;

  constructor(options: AssetOptions) {
    this.#options = options;
  }

  /** Copied files, and how many of them are pictures. */
  get counts(): { files: number; bytes: number; pictures: number } {
    const files = this.#options.folder === undefined ? 0 : this.#known.size;
    return { files, bytes: this.#bytes, pictures: this.#options.folder === undefined ? 0 : this.#pictures };
  }

  /** @param file newsroom-relative */
  use(file: string): Asset {
    const known = this.#known.get(file);
    if (known) return known;
    const { root, folder, media, placeOf } = this.#options;
    const path = placeOf(file);
    const from = join(root, file);
    if (folder !== undefined) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      copyFileSync(from, join(folder, path));
    }
    const { size } = statSync(from);
    const mime = mimeOf(file);
    const asset: Asset = {
      url: media.replace(/\/+$/, '') + hrefOf({ url: 'http://x.invalid/' }, `/${path}`),
      path,
      mime,
      bytes: size,
    };
    this.#known.set(file, asset);
    if (folder !== undefined) this.#bytes += size;
    if (mime.startsWith('image/')) this.#pictures++;
    return asset;
  }
}

/** The path of a file below its folder of the content, which is unique: `2025/02/ferry/boat.jpg`. */
export const pathInContent = (file: string): string => file.replace(/^content\/(?:stories\/)?/, '').normalize('NFC');

/** Names in one folder: `2025-02-ferry-boat.jpg`. Two files never get the same one. */
export function flatNames(folder: string): (file: string) => string {
  const taken = new Set<string>();
  return (file) => {
    const ending = extname(file);
    const stem = pathInContent(file)
      .slice(0, -ending.length || undefined)
      .replaceAll('/', '-');
    for (let number = 1; ; number++) {
      const name = `${stem}${number === 1 ? '' : `-${number}`}${ending}`;
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return `${folder}/${name}`;
    }
  };
}

const mimes: Record<string, string> = {
  ...{ jpg: 'image/jpeg', jpeg: 'image/jpeg', jpe: 'image/jpeg', jfif: 'image/jpeg', png: 'image/png' },
  ...{ webp: 'image/webp', avif: 'image/avif', gif: 'image/gif', tif: 'image/tiff', tiff: 'image/tiff' },
  ...{ svg: 'image/svg+xml', pdf: 'application/pdf', csv: 'text/csv', txt: 'text/plain', json: 'application/json' },
  ...{ mp3: 'audio/mpeg', m4a: 'audio/mp4', ogg: 'audio/ogg', wav: 'audio/wav', mp4: 'video/mp4', webm: 'video/webm' },
  ...{ zip: 'application/zip', epub: 'application/epub+zip', rtf: 'application/rtf' },
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
};

const mimeOf = (file: string): string =>
  mimes[basename(file).split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
