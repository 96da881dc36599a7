import type { WordFor } from '../wording.ts';
import type { Promotion, PromotionStep } from './project-resources.ts';
import type { Criteria, OpenPoint, state } from './projects.ts';

/** Words for what projects and requests about them are in, and what is asked of people about them. */
export interface ProjectWording {
  readonly states: WordFor<typeof state>;
  readonly requests: Readonly<Record<Promotion['state'], string>>;
  /** The criteria of SPACE-1, as they are asked. */
  readonly questions: Readonly<Record<keyof Criteria, string>>;
  /** What is open before a project is core, as it is asked. */
  readonly points: Readonly<Record<OpenPoint['clause'], string>>;
  readonly steps: Readonly<Record<PromotionStep['state'], string>>;
}

export const en: ProjectWording = {
  states: { active: 'active', retiring: 'ends, when confirmed', retired: 'over' },
  requests: {
    pending: 'waits for the team',
    granted: 'granted',
    declined: 'declined',
    withdrawn: 'withdrawn',
    undone: 'undone',
  },
  questions: {
    facilitates: 'How does it serve meetings or other projects?',
    needed: 'Who needs it?',
    'not-core': 'Why is it not core infra (or would it be)?',
  },
  points: {
    'CORE-1': 'does it have to be available, and what watches it?',
    'CORE-2': 'does it have to be confidential, and who has access?',
    'CORE-4': 'only the infrateam manages it from then on: who does now?',
    'CORE-5': 'design decisions are on the wiki: where?',
    'CORE-6': 'is the hardware the foundation’s own, or rented by it?',
  },
  steps: { 'to-do': 'to do', asked: 'asked', failed: 'failed', done: 'done' },
};
