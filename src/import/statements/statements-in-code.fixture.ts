import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const room = join(import.meta.dirname, '..');

/** A sentence that the receipt can contain, as the code has it, with `*` for what is filled in. */
export interface Statement {
  file: string;
  line: number;
  words: string;
}

/** Files whose words never stand in a receipt as what happened to an item: titles, requests, lists of keys, HTML. */
const noStatements =
  /^(?:receipt|receipt-page\/.*|fetched-lists|documents\/document-lines|compare\/.*|permalink|open-source|newsroom|source-keys|import-options|fetch-pictures|credit-line|left-files|shortcode-log|sources\/lines\/.*|sources\/markdown\/map-keys|sources\/markup\/.*|body\/parts|documents\/types)\.ts$/;

/** HTML, and lists of alternatives. */
const isNoSentence = (words: string): boolean => /<\/?\w|\||=>/.test(words);

/** Every sentence in the code of the room that can become part of a receipt. */
export function statementsInCode(): Statement[] {
  const found: Statement[] = [];
  for (const file of (readdirSync(room, { recursive: true }) as string[]).sort()) {
    if (!/\.ts$/.test(file) || /\.(?:test|fixture)\.ts$/.test(file) || noStatements.test(file)) continue;
    const source = ts.createSourceFile(file, readFileSync(join(room, file), 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isImportDeclaration(node) || isRequest(node)) return;
      const words = wordsOf(node);
      if (words !== undefined && /\p{L}{2,}[,:;]? +\(?\p{L}+/u.test(words) && !isNoSentence(words))
        found.push({ file, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, words });
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

/** Every string in the tests beside the code, in which a statement can be quoted. */
export function quotesInTests(): { file: string; words: string }[] {
  return (readdirSync(room, { recursive: true }) as string[])
    .filter((file) => file.endsWith('.test.ts') && !file.endsWith('every-statement.test.ts'))
    .flatMap((file) => {
      const source = ts.createSourceFile(file, readFileSync(join(room, file), 'utf8'), ts.ScriptTarget.Latest, true);
      const quotes: { file: string; words: string }[] = [];
      const visit = (node: ts.Node): void => {
        const words = node.kind === ts.SyntaxKind.RegularExpressionLiteral ? node.getText() : wordsOf(node);
        if (words !== undefined && words.length >= quoteCharsMin) quotes.push({ file, words });
        ts.forEachChild(node, visit);
      };
      visit(source);
      return quotes;
    });
}

const quoteCharsMin = 5;

/**
 * Whether a quotation is of a statement: one contains a part of the other that is long enough to be of no third.
 *
 * @returns the decision for one statement
 */
export function quotesOf({ words }: Pick<Statement, 'words'>): (quote: string) => boolean {
  const parts = words
    .split('*')
    .map((part) => part.trim())
    .sort((a, b) => b.length - a.length)
    .filter((part, at) => at === 0 || part.length >= partCharsMin);
  const [first = '', second] = words.split('*');
  const escaped = (part: string): string => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(
    second === undefined ? escaped(first) : `${escaped(first)}.+${escaped(second.slice(0, partCharsMin))}`,
  );
  return (quote) =>
    parts.some((part) => quote.includes(part)) || (quote.length >= 2 * partCharsMin && pattern.test(quote));
}

const partCharsMin = 16;

/** What ends an import is said on the terminal, and lists of keys are split where they stand. */
function isRequest(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) return /ImportError|RegExp/.test(node.expression.getText());
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  return node.expression.name.text === 'split' && ts.isStringLiteralLike(node.expression.expression);
}

function wordsOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `*${literal.text}`).join('');
}
