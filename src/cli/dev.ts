import type { CommandWords, Io } from './command.ts';
export const words: CommandWords = { usage: 'dev', about: '', options: {}, examples: [] };
export async function run(_argv: string[], _io: Io): Promise<number> {
  return 1;
}
