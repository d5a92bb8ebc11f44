import { type ZipEntry, zipOf } from '../zip/zip.fixture.ts';

const namespaces = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"',
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
].join(' ');
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export interface Docx {
  /** The content of `<w:body>`. */
  body: string;
  /** Styles, by id: the name, and what it is based on. */
  styles?: Record<string, { name: string; basedOn?: string; level?: number }>;
  footnotes?: string[];
  comments?: { author: string; words: string }[];
  /** Pictures, by name. Their relationship is the name without its ending. */
  media?: Record<string, Uint8Array>;
  /** External relationships: id → address. */
  links?: Record<string, string>;
  pictureLinks?: Record<string, string>;
  core?: string;
  header?: string;
  footer?: string;
  more?: ZipEntry[];
}

/** A paragraph. @param style its id */
export const p = (words: string, style?: string): string =>
  `<w:p>${style === undefined ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}${words.startsWith('<') ? words : run(words)}</w:p>`;

export const run = (words: string, properties = ''): string =>
  `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${words}</w:t></w:r>`;

export const image = (id: string, alt = ''): string =>
  `<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="${alt}"/>${graphic(id)}</wp:inline></w:drawing></w:r>`;

const graphic = (id: string): string => `<a:graphic><a:graphicData>${pictureElement(id)}</a:graphicData></a:graphic>`;

export const pictureElement = (id: string, alt = ''): string =>
  `<pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="x" descr="${alt}"/></pic:nvPicPr><pic:blipFill><a:blip r:embed="${id}"/></pic:blipFill></pic:pic>`;

/** The bytes of a Word document. */
export function docxOf({
  body,
  styles,
  footnotes,
  comments,
  media,
  links,
  pictureLinks,
  core,
  header,
  footer,
  more,
}: Docx): Buffer {
  const part = (root: string, content: string): string =>
    `<?xml version="1.0" encoding="UTF-8"?><w:${root} ${namespaces}>${content}</w:${root}>`;
  const entries: ZipEntry[] = [
    {
      name: '[Content_Types].xml',
      data: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="jpg" ContentType="image/jpeg"/><Default Extension="emf" ContentType="image/x-emf"/></Types>',
    },
    {
      name: '_rels/.rels',
      data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="word/document.xml"/></Relationships>`,
    },
    { name: 'word/document.xml', data: part('document', `<w:body>${body}</w:body>`) },
    {
      name: 'word/_rels/document.xml.rels',
      data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${[
        ...Object.keys(media ?? {}).map((name) => [name.replace(/\..*/, ''), 'image', `media/${name}`, '']),
        ...Object.entries(links ?? {}).map(([id, url]) => [id, 'hyperlink', url, ' TargetMode="External"']),
        ...Object.entries(pictureLinks ?? {}).map(([id, url]) => [id, 'image', url, ' TargetMode="External"']),
      ]
        .map(
          ([id, type, target, mode]) =>
            `<Relationship Id="${id}" Type="${relations}/${type}" Target="${target}"${mode}/>`,
        )
        .join('')}</Relationships>`,
    },
  ];
  const add = (name: string, data: string | undefined) => {
    if (data !== undefined) entries.push({ name, data });
  };
  add(
    'word/styles.xml',
    styles &&
      part(
        'styles',
        Object.entries(styles)
          .map(
            ([id, { name, basedOn, level }]) =>
              `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${basedOn === undefined ? '' : `<w:basedOn w:val="${basedOn}"/>`}${level === undefined ? '' : `<w:pPr><w:outlineLvl w:val="${level}"/></w:pPr>`}</w:style>`,
          )
          .join(''),
      ),
  );
  add(
    'word/footnotes.xml',
    footnotes &&
      part(
        'footnotes',
        footnotes.map((words, index) => `<w:footnote w:id="${index + 1}">${p(words)}</w:footnote>`).join(''),
      ),
  );
  add(
    'word/comments.xml',
    comments &&
      part(
        'comments',
        comments
          .map(({ author, words }, index) => `<w:comment w:id="${index}" w:author="${author}">${p(words)}</w:comment>`)
          .join(''),
      ),
  );
  add('word/header1.xml', header && part('hdr', p(header)));
  add('word/footer1.xml', footer && part('ftr', p(footer)));
  add(
    'docProps/core.xml',
    core && `<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t">${core}</cp:coreProperties>`,
  );
  for (const [name, data] of Object.entries(media ?? {})) entries.push({ name: `word/media/${name}`, data });
  return zipOf([...entries, ...(more ?? [])]);
}
