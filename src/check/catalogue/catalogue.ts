import type { Rule } from '../../problems/rules.ts';
import { deployRules, newsroomRules } from './deploy.ts';
import type { Entry } from './example.ts';
import { indexRules, siteRules, yamlRules } from './files.ts';
import { checkRules, cliRules, editionRules, exportRules, pressRules, verifyRules } from './machine.ts';
import { ingestRules } from './newsroom.ts';
import { pictureRules } from './pictures.ts';
import { storyRules } from './story.ts';

/** Every rule with what it means and two examples. A rule without an entry does not compile. */
export const catalogue: Record<Rule, Entry> = {
  ...siteRules,
  ...yamlRules,
  ...pictureRules,
  ...storyRules,
  ...indexRules,
  ...ingestRules,
  ...pressRules,
  ...newsroomRules,
  ...editionRules,
  ...deployRules,
  ...exportRules,
  ...verifyRules,
  ...checkRules,
  ...cliRules,
};
