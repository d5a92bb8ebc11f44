import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type ConfigData, HtmlValidate, StaticConfigLoader } from 'html-validate';
import type { Gate } from './gate.ts';

/** Checks every page with html-validate and the rules in `html-validate.json`. */
export const htmlValidate: Gate = {
  name: 'html-validate',
  needs: [],
  async check({ folder }, pages) {
    const config = JSON.parse(await readFile(join(import.meta.dirname, 'html-validate.json'), 'utf8')) as ConfigData;
    const checker = new HtmlValidate(new StaticConfigLoader(config));
    const { results } = await checker.validateMultipleFiles(pages.map((page) => join(folder, page)));
    return results.flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, message, line }) => ({
        rule: ruleId,
        page: relative(folder, filePath ?? '')
          .split(sep)
          .join('/'),
        line,
        message,
      })),
    );
  },
};
