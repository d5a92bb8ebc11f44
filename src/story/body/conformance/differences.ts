/** Examples that satteri reads differently from remark-gfm: the name of the case → why we accept it. */
export const differences: Record<string, string> = {
  'GFM: a value without quotation marks may begin with a slash':
    'satteri 0.10.5 takes such a tag for text. `quoteValues` in tree.ts puts the quotation marks before it parses, so stories are not affected; compile.test.ts holds it.',
};
