import { attribute, type Element, elementsIn, elementsOf, lineOf, textOf } from './dom.ts';
import type { Finding, Gate } from './gate.ts';

/**
 * A picture is described only once. No checker that we know reports an alt text that says the same as the caption,
 * which is then read aloud two or three times (verified: axe, html-validate, Nu, and five others report nothing).
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

/** Letters and digits only, so that an additional full stop does not make a difference. */
const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
