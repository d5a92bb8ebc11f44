import type { HostFile } from '../site/hosting.ts';
import { htaccessFile } from './apache.ts';
import { headersFile, redirectsFile } from './lists.ts';
import type { HostFilePrinters, HostModel } from './model.ts';
import { azureFile, vercelFile } from './vercel.ts';

const printers: HostFilePrinters = {
  _headers: headersFile,
  _redirects: redirectsFile,
  'vercel.json': vercelFile,
  'staticwebapp.config.json': azureFile,
  '.htaccess': htaccessFile,
  // GitHub Pages otherwise leaves out files whose names begin with `_`, and takes minutes for a large site.
  '.nojekyll': () => '',
};

/** The text of a file of the site that only hosts read. */
export const printHostFile = (name: HostFile, model: HostModel): string => printers[name](model);
