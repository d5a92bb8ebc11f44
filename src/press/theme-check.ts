import type { Problem } from '../problems/problem.ts';
export async function themeProblems(_site: string): Promise<Problem[]> {
  return [];
}
