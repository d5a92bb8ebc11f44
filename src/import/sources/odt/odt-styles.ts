import { roleOfStyle, type StyleRole } from '../markup/style-role.ts';
import { byName, child, type Element, firstByName, type ParentNode } from '../markup/tree.ts';

/** What the styles of an OpenDocument text mean for its words. */
export interface OdtStyles {
  roleOf(style: string | undefined): StyleRole | undefined;
  formatOf(style: string | undefined): Format;
  isNumbered(list: string | undefined, level: number): boolean;
}

export interface Format {
  isBold?: boolean;
  isItalic?: boolean;
  isStruck?: boolean;
  position?: 'sup' | 'sub';
  isHidden?: boolean;
}

interface Style {
  name: string;
  parent?: string;
  level?: number;
  format: Format;
}

const stepsMax = 20;

/** @param roots of `content.xml` and `styles.xml` */
export function readOdtStyles(roots: readonly ParentNode[]): OdtStyles {
  const styles = new Map<string, Style>();
  const numbered = new Map<string, Set<number>>();
  for (const root of roots) {
    for (const style of byName(root, 'style:style')) {
      const { attribs } = style;
      const id = attribs['style:name'];
      if (id === undefined) continue;
      const properties = child(style, 'style:text-properties')?.attribs ?? {};
      const position = /^(super|sub|-?\d+%)/.exec(properties['style:text-position'] ?? '')?.[1];
      styles.set(id, {
        name: attribs['style:display-name'] ?? decodeName(id),
        parent: attribs['style:parent-style-name'],
        ...(attribs['style:default-outline-level'] ? { level: Number(attribs['style:default-outline-level']) } : {}),
        format: {
          ...weight(properties['fo:font-weight']),
          ...slant(properties['fo:font-style']),
          ...(properties['style:text-line-through-style'] === undefined
            ? {}
            : { isStruck: properties['style:text-line-through-style'] !== 'none' }),
          ...(position === undefined || position === '0%'
            ? {}
            : { position: position === 'sub' || position.startsWith('-') ? ('sub' as const) : ('sup' as const) }),
          ...(properties['text:display'] === 'none' ? { isHidden: true } : {}),
        },
      });
    }
    for (const list of byName(root, 'text:list-style')) {
      const levels = byName(list, 'text:list-level-style-number')
        .filter(({ attribs }) => (attribs['style:num-format'] ?? '') !== '')
        .map(({ attribs }) => Number(attribs['text:level'] ?? 1));
      numbered.set(list.attribs['style:name'] ?? '', new Set(levels));
    }
  }

  function* chain(id: string | undefined): Generator<Style> {
    // A style can have itself as parent in a damaged file.
    for (let steps = 0; id !== undefined && steps < stepsMax; steps++) {
      const style: Style | undefined = styles.get(id);
      yield style ?? { name: decodeName(id), format: {} };
      id = style?.parent;
    }
  }

  return {
    roleOf(id) {
      for (const { name, level } of chain(id)) {
        const role = roleOfStyle(name);
        if (role !== undefined) return role;
        if (level !== undefined && level >= 1 && level <= 6) return { heading: level };
      }
      return undefined;
    },
    formatOf(id) {
      const format: Format = {};
      for (const style of chain(id)) {
        if (/^(?:strong emphasis|strong)$/i.test(style.name)) format.isBold ??= true;
        if (/^emphasis$/i.test(style.name)) format.isItalic ??= true;
        format.isBold ??= style.format.isBold;
        format.isItalic ??= style.format.isItalic;
        format.isStruck ??= style.format.isStruck;
        format.position ??= style.format.position;
        format.isHidden ??= style.format.isHidden;
      }
      return format;
    },
    isNumbered: (list, level) => numbered.get(list ?? '')?.has(level) ?? false,
  };
}

const weight = (value: string | undefined): Format =>
  value === undefined ? {} : { isBold: value === 'bold' || Number(value) >= 600 };
const slant = (value: string | undefined): Format =>
  value === undefined ? {} : { isItalic: value === 'italic' || value === 'oblique' };

/** "Heading_20_1" is "Heading 1". */
const decodeName = (id: string): string =>
  id.replace(/_([0-9a-f]{2,4})_/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));

/** The words of the headers and footers of the pages. */
export const pageFurniture = (styles: ParentNode): Element[] => {
  const pages = firstByName(styles, 'office:master-styles');
  return pages === undefined ? [] : byName(pages, 'style:header', 'style:footer');
};
