import type { Feature } from '../feature.ts';
import { addAccess } from './access.ts';
import { addApplication } from './application.ts';
import { addApply } from './apply.ts';
import { addBoard } from './board.ts';
import { addDeparture } from './departure.ts';
import { addGrant } from './grant.ts';
import { addMinutes } from './minutes.ts';
import { addServiceAccount } from './service-account.ts';
import { addTeam } from './team.ts';
import { addVote } from './vote.ts';

/** What the register of the team, admission to it and the access review add to the command line. */
export const team: Feature = {
  commands: [
    addTeam,
    addApply,
    addApplication,
    addVote,
    addBoard,
    addMinutes,
    addGrant,
    addDeparture,
    addAccess,
    addServiceAccount,
  ],
  examples: [
    'team start jan piet --board jan',
    'apply lisa',
    'vote lisa yes',
    'grant noor class/participant --for 30d',
    'departure jan',
    'access',
  ],
};
