import { error, type Problem } from '../problems/problem.ts';

/** @param file of dist */
export const pageDiffers = (file: string): Problem =>
  error(
    'page-differs',
    { file, line: 1 },
    'This page differs from what a new build would produce. Broadsheet missed a change.',
    'Run  broadsheet build --clean , and please report this as a bug.',
  );
