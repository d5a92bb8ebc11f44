import { error, type Problem } from '../problems/problem.ts';

/** @param file of dist */
export const pageDiffers = (file: string): Problem =>
  error(
    'page-differs',
    { file, line: 1 },
    'This page of the site is not what the newsroom produces now. Broadsheet missed a change.',
    'Run  broadsheet build --clean , and please report this as a bug.',
  );
