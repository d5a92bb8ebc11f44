import type { Source, SourceOptions } from '../../source.ts';
import { type WireFormat, wireSource } from '../wire/wire-source.ts';
import { readNewsml } from './read-newsml.ts';

/** NewsML-G2 of IPTC: a file, or a folder of files, from an agency. */
export const newsmlSource = (options: SourceOptions): Source => wireSource(newsml, options);

const newsml: WireFormat = {
  kind: 'newsml',
  isFile: (name) => /\.(?:xml|newsml|g2)$/i.test(name),
  read: async (text) => readNewsml(text),
};
