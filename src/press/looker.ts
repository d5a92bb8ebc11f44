import { closeDesk, openDesk } from '../index/desk.ts';
import { lookAtPart } from '../index/look.ts';
import type { LookTasks } from './look-together.ts';
import { answerTasks } from './thread.ts';

/* A thread that looks at a part of a large newsroom. */
answerTasks<LookTasks>({
  look: async ({ site, index, now, from }) => {
    openDesk(site, index, 'read');
    try {
      return lookAtPart(now, { from });
    } finally {
      closeDesk();
    }
  },
});
