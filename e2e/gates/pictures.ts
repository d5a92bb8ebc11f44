import { attribute, type Element, elementsIn, elementsOf, lineOf, textOf } from './dom.ts';
import type { Finding, Gate } from './gate.ts';

/**
 * A picture is described once. No checker we know notices an alt that says what the caption says,
 * which is then heard twice or three times (verified: axe, html-validate, Nu and five more are silent).
 */
export const pictures: Gate = {
  name: 'alt and caption',
  needs: [],
  async check({ folder }, pages) {
    const found = await Promise.all(
      pages.map(async (page) => {
        const elements = await elementsOf(folder, page);
        const figures = elements.filter(({ tagName }) => tagName === 'figure').flatMap(figureFindings);
        const images = elements.filter(({ tagName }) => tagName === 'img').flatMap(imageFindings);
        return [...figures, ...images].map((finding): Finding => ({ page, ...finding }));
      }),
    );
    return found.flat();
  },
};

type Found = Omit<Finding, 'page'>;

function figureFindings(figure: Element): Found[] {
  const inside = elementsIn(figure);
  const captions = inside.filter(({ tagName }) => tagName === 'figcaption').map((caption) => plain(textOf(caption)));
  return inside
    .filter(({ tagName }) => tagName === 'img')
    .flatMap((image) => {
      const alt = plain(attribute(image, 'alt') ?? '');
      const repeated =
        alt !== '' && captions.some((caption) => caption.includes(alt) || (caption !== '' && alt.includes(caption)));
      const message = `The alt "${attribute(image, 'alt')}" and the caption say the same.`;
      return repeated ? [{ rule: 'alt-repeats-caption', ...place(image), message }] : [];
    });
}

function imageFindings(image: Element): Found[] {
  const alt = attribute(image, 'alt');
  const findings: Found[] = [];
  if (alt === undefined) findings.push({ rule: 'alt-missing', ...place(image), message: 'A picture has no alt.' });
  if (alt && /\.(jpe?g|png|webp|avif|gif)$|^(img|dsc|image|photo)[-_ ]?\d+$/i.test(alt)) {
    findings.push({ rule: 'alt-is-file-name', ...place(image), message: `The alt "${alt}" is a file name.` });
  }
  if (!attribute(image, 'width') || !attribute(image, 'height')) {
    findings.push({ rule: 'picture-without-size', ...place(image), message: 'Width and height are not both set.' });
  }
  return findings;
}

const place = (element: Element) => ({ line: lineOf(element) });

/** Letters and digits only, so that a full stop more does not make another sentence. */
const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
