import type { rulesByRoom } from '../../problems/rules.ts';
import type { Entry } from './example.ts';

/* `content/deploy.yaml`, and what can go wrong at a host. */

const deployYaml = 'content/deploy.yaml';

export const newsroomRules: Record<(typeof rulesByRoom)['newsroom'][number], Entry> = {
  'deploy-secret': {
    severity: 'error',
    means:
      'A password, key, or token is in  content/deploy.yaml , where everyone who can read the newsroom can read it, now and in its history. Secrets come from the environment or from the credential files of the host’s own tools.',
    wrong: {
      [deployYaml]: 'targets:\n  pages: { kind: git, url: "https://desk:hunter2-1998@host.example/paper.git" }\n',
    },
    right: { [deployYaml]: 'targets:\n  pages: { kind: git, url: "https://host.example/paper.git" }\n' },
  },
  'deploy-default': {
    severity: 'error',
    means: 'In  content/deploy.yaml ,  default  names a target that is not there.',
    wrong: { [deployYaml]: 'targets:\n  live: { kind: folder, path: /srv/www }\ndefault: life\n' },
    right: { [deployYaml]: 'targets:\n  live: { kind: folder, path: /srv/www }\ndefault: live\n' },
  },
  'deploy-target-name': {
    severity: 'error',
    means:
      'In  content/deploy.yaml , a target has a name with other characters than letters, digits, hyphens, and underscores.',
    wrong: { [deployYaml]: 'targets:\n  ../live: { kind: folder, path: /srv/www }\n' },
    right: { [deployYaml]: 'targets:\n  live: { kind: folder, path: /srv/www }\n' },
  },
};

export const deployRules: Record<(typeof rulesByRoom)['deploy'][number], Entry> = {
  'deploy-not-set-up': {
    severity: 'error',
    means: 'There is no  content/deploy.yaml , which says where the site is sent.',
    test: 'src/cli/deploy.test.ts',
  },
  'deploy-nothing-built': {
    severity: 'error',
    means: 'The folder of the site is empty or does not exist. A deploy sends what the last build wrote.',
    test: 'src/cli/deploy.test.ts',
  },
  'deploy-place': {
    severity: 'error',
    means:
      'The folder of a target is the newsroom, the built site, a home folder, or another place whose files a deploy could damage.',
    test: 'src/deploy/open-target.test.ts',
  },
  'deploy-locked': {
    severity: 'error',
    means: 'Somebody else is deploying to this target at the moment, and the message says who.',
    test: 'src/deploy/lock.test.ts',
  },
  'deploy-too-many-deletions': {
    severity: 'error',
    means: 'A deploy would delete more files than  --delete-max  allows. Nothing was sent.',
    test: 'src/deploy/deploy.test.ts',
  },
  'deploy-name-refused': {
    severity: 'error',
    means: 'The target cannot store a file with this name. Nothing was sent.',
    test: 'src/deploy/deploy.test.ts',
  },
  'deploy-changed-meanwhile': {
    severity: 'error',
    means:
      'A file of the site changed while it was sent, again and again. Usually a build was running at the same time.',
    test: 'src/deploy/deploy.test.ts',
  },
  'deploy-failed': {
    severity: 'error',
    means:
      'The target refused something, or could not be reached, even after several attempts. Every file there is complete, and the next deploy continues.',
    test: 'src/deploy/deploy.test.ts',
  },
  'deploy-kept': {
    severity: 'error',
    means:
      'Somebody else changed a file at the target, so it was kept. If the site has no new version of it, this is only a warning.',
    test: 'src/deploy/deploy.test.ts',
  },
  'deploy-added': {
    severity: 'warning',
    means: 'There are files at the target that are not part of the site. They were kept.',
    test: 'src/deploy/deploy.test.ts',
  },
  'deploy-no-history': {
    severity: 'error',
    means: 'A rollback asks for a publish that this machine does not know, or whose bytes are no longer complete.',
    test: 'src/deploy/rollback.test.ts',
  },
  'deploy-withheld': {
    severity: 'warning',
    means:
      'An earlier publish contains stories that have been withdrawn or hidden since. A rollback does not bring them back without  --force , and pages that show them stay as they are.',
    test: 'src/deploy/withheld.test.ts',
  },
  'deploy-withheld-unknown': {
    severity: 'error',
    means:
      'A rollback must not bring back withdrawn stories, but neither the newsroom nor the last build says which these are.',
    test: 'src/deploy/withheld.test.ts',
  },
};
