/** Examples that satteri reads differently from remark-gfm: the name of the case → why we accept it. */
export const differences: Record<string, string> = {
  'GFM: a value without quotation marks may begin with a slash':
    'satteri 0.10.5 reads such a tag as text. `quoteValues` in tree.ts adds the quotation marks before parsing, so stories are not affected; compile.test.ts tests this.',
};
