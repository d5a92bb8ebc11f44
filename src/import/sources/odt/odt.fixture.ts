import { type ZipEntry, zipOf } from '../zip/zip.fixture.ts';

/** A paragraph. @param style its name */
export const p = (words: string, style = 'Standard') => `<text:p text:style-name="${style}">${words}</text:p>`;

const styles = `<office:automatic-styles>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>
<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="T2" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="T3" style:family="text"><style:text-properties text:display="none"/></style:style>
<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1"/><text:list-level-style-number text:level="2" style:num-format="1"/></text:list-style>
</office:automatic-styles>`;

/** The bytes of an OpenDocument text. @param body the content of `<office:text>` */
export function odtOf(
  body: string,
  more: { meta?: string; pictures?: Record<string, Uint8Array>; entries?: ZipEntry[] } = {},
): Buffer {
  return zipOf([
    { name: 'mimetype', data: 'application/vnd.oasis.opendocument.text', isStored: true },
    {
      name: 'content.xml',
      data: `<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:text="t" xmlns:style="s" xmlns:draw="d" xmlns:table="b" xmlns:xlink="x" xmlns:svg="v" xmlns:fo="f" xmlns:dc="c">${styles}<office:body><office:text>${body}</office:text></office:body></office:document-content>`,
    },
    {
      name: 'styles.xml',
      data: '<office:document-styles><office:styles><style:style style:name="Title" style:display-name="Title"/><style:style style:name="Heading_20_2" style:display-name="Heading 2" style:default-outline-level="2"/><style:style style:name="Quotations"/><style:style style:name="Illustration"/></office:styles><office:master-styles><style:master-page><style:footer><text:p>Page <text:page-number>1</text:page-number> of the draft</text:p></style:footer></style:master-page></office:master-styles></office:document-styles>',
    },
    ...(more.meta ? [{ name: 'meta.xml', data: `<office:document-meta>${more.meta}</office:document-meta>` }] : []),
    ...Object.entries(more.pictures ?? {}).map(([name, data]) => ({ name: `Pictures/${name}`, data })),
    ...(more.entries ?? []),
  ]);
}
