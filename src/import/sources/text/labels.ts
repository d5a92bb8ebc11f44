import { escapeText } from '../../../site/markup.ts';
import type { Block } from '../arrange/block.ts';
import { readBylineLine } from '../lines/byline-line.ts';
import { readDateLine } from '../lines/date-line.ts';

const anyLabel =
  /^(?:image source|image caption|photo caption|caption|bildquelle|bildunterschrift|photo(?:graph)?|picture|image|foto|bild|credits?|crédits?(?: photo)?|crédito|photo credit|legende|légende|pie de foto|didascalia)\s*[,:：]$/iu;
const dateLabel =
  /^(?:published|posted|last updated|updated|date|veröffentlicht|aktualisiert|stand|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|publicerad|uppdaterad|gepubliceerd)\s*[,:：]?$/iu;
const nameLabel = /^(?:by|von|par|por|di|door|av|af|text|texte|tekst|author|autor(?:in)?|written by)\s*[,:：]?$/iu;

/**
 * Joins a label with the line after it, because elements of a page become lines of their own when somebody copies it:
 * "Image source," and "Getty Images", "By" and "Ann Example".
 */
export function joinLabels(blocks: readonly Block[]): Block[] {
  const joined: Block[] = [];
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index];
    const next = blocks[index + 1];
    if (block === undefined) continue;
    if (next !== undefined && isPair(block, next)) {
      const text = `${block.text} ${next.text}`;
      joined.push({ ...next, text, html: `<p>${escapeText(text)}</p>` });
      index++;
    } else joined.push(block);
  }
  return joined;
}

function isPair(label: Block, next: Block): boolean {
  if (label.kind !== 'paragraph' || next.kind !== 'paragraph' || label.text.length > 30) return false;
  if (anyLabel.test(label.text)) return next.text.length <= 400;
  if (dateLabel.test(label.text)) return readDateLine(next.text) !== undefined;
  return nameLabel.test(label.text) && readBylineLine(`By ${next.text}`) !== undefined;
}
