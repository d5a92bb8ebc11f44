import { hash } from 'node:crypto';
import { type Token, Tokenizer } from 'parse5';
import { parseSrcset } from 'srcset';
import { escapeAttribute } from '../../site/markup.ts';
import { textModes } from '../../site/text-modes.ts';
import { frameScript } from './frame-script.ts';
import { isPlain, queryFor, type View } from './media.ts';

/** Where the frame gets its files. */
export interface FrameSettings {
  /** The path of the site's address: '' or '/paper'. */
  base: string;
  /** What is put before the address of a file on the site, in its place. */
  prefix: string;
  view: View;
}

/**
 * A page as the preview's frame shows it: its files come from the desk, its policy is that of the frame, it looks as in
 * the view, and it has the script of the preview. Everything else stays as it was printed.
 */
export function framed(html: string, settings: FrameSettings): string {
  let text = '';
  let done = 0;
  const replace = (start: number, end: number, by: string) => {
    text += html.slice(done, start) + by;
    done = end;
  };
  const noop = () => {};
  const tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: true },
    {
      onStartTag: (tag) => {
        tokenizer.state = textModes[tag.tagName] ?? tokenizer.state;
        const { location } = tag;
        if (!location) return;
        // The frame has a policy of its own, as a header. A page that sends readers on would leave the frame.
        if (tag.tagName === 'base' || (tag.tagName === 'meta' && tag.attrs.some(({ name }) => name === 'http-equiv')))
          return replace(location.startOffset, location.endOffset, '');
        for (const { name, value } of tag.attrs) {
          const place = location.attrs?.[name];
          const changed = changedAttribute(tag, name, value, settings);
          if (place && changed !== value)
            replace(place.startOffset, place.endOffset, `${name}="${escapeAttribute(changed)}"`);
        }
      },
      onEndTag: noop,
      onComment: noop,
      onDoctype: noop,
      onEof: noop,
      onCharacter: noop,
      onNullCharacter: noop,
      onWhitespaceCharacter: noop,
    },
  );
  tokenizer.write(html, true);
  text += html.slice(done);
  const paper = settings.view.isPrint ? `<link rel="stylesheet" href="${settings.prefix}/${paperSheet}">` : '';
  return `${text}${paper}<script>${frameScript}</script>`;
}

/** The margins of a sheet of paper, which printers add. */
export const paperSheet = 'paper.css';
export const paperStyle = 'html { padding: 12mm; background: #fff }\n';

function changedAttribute(tag: Token.TagToken, name: string, value: string, settings: FrameSettings): string {
  const { view } = settings;
  switch (name) {
    case 'href':
      return tag.tagName === 'link' && isLoaded(tag) ? fromDesk(value, settings) : value;
    case 'src':
    case 'poster':
    case 'xlink:href':
      return fromDesk(value, settings);
    case 'srcset':
    case 'imagesrcset':
      return /(?:^|[\s,])\//.test(value) ? srcsetFromDesk(value, settings) : value;
    case 'media':
      return isPlain(view) ? value : queryFor(value, view);
    case 'content':
      return view.scheme && tag.attrs.some((one) => one.name === 'name' && one.value === 'color-scheme')
        ? view.scheme
        : value;
    default:
      return value;
  }
}

/** Whether a browser loads what a `<link>` names. */
const isLoaded = ({ attrs }: Token.TagToken): boolean =>
  attrs.some(({ name, value }) => name === 'rel' && /\b(?:stylesheet|preload|icon)\b/i.test(value));

/** An address of a file on the site becomes one of the desk. */
function fromDesk(address: string, { base, prefix }: FrameSettings): string {
  if (!/^\/(?!\/)/.test(address) || !address.startsWith(`${base}/`)) return address;
  return prefix + address.slice(base.length);
}

function srcsetFromDesk(srcset: string, settings: FrameSettings): string {
  return parseSrcset(srcset)
    .map(({ url, width, density }) => {
      const size = width !== undefined ? ` ${width}w` : density === undefined ? '' : ` ${density}x`;
      return fromDesk(url, settings) + size;
    })
    .join(', ');
}

/**
 * The policy of the frame: no origin, only the preview's script, and files only from the preview.
 *
 * @param origin of the desk. It is named, because a frame without an origin has no 'self'
 * @param folder the path of the preview's files, with a slash at its end
 */
export const framePolicy = (origin: string, folder: string): string => {
  const files = origin + folder;
  return [
    'sandbox allow-scripts',
    "default-src 'none'",
    `script-src 'sha256-${hash('sha256', frameScript, 'base64')}'`,
    `style-src ${files}`,
    `img-src ${files}`,
    `font-src ${files}`,
    `media-src ${files}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${origin}`,
  ].join('; ');
};
