import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeRenditions, type PictureJob } from '../src/pictures/encode.ts';
import { readPictureFacts } from '../src/pictures/metadata.ts';
import { renditionSets } from '../src/pictures/renditions.ts';

// What a build does for pictures, as a separate process: node renditions-ours.ts PICTURES FOLDER. It creates all widths
// of a lead without its crops, because the peer has none.
const [pictures = '', folder = ''] = process.argv.slice(2);
const jobs: PictureJob[] = [];
for (const name of readdirSync(pictures).sort()) {
  const file = join(pictures, name);
  const facts = await readPictureFacts(readFileSync(file));
  jobs.push({ file, facts, renditions: renditionSets(facts, { use: 'lead' }).whole });
}
const began = performance.now();
const { made, kept, failed } = await makeRenditions(jobs, folder);
const seconds = (performance.now() - began) / 1000;
if (failed.length > 0) throw failed[0]?.error;
const names = jobs.map(({ facts }) => renditionSets(facts, { use: 'lead' }).whole.map(({ name }) => name));
console.log(JSON.stringify({ made, kept, seconds, names }));
