import { type Static, Type } from 'typebox';
import { durationOr, section } from '../define.ts';

const team = section(
  {
    voting: durationOr('336h', 'how long full members vote on an application (JOIN-1)'),
    remindBefore: durationOr('72h', 'before the end of that, who has not voted is reminded, once'),
    boardPeriod: durationOr('72h', 'how long a board member in the team may veto what was approved (JOIN-2)'),
    trial: durationOr('60d', 'how long a trial is, where nobody says otherwise; whole days (JOIN-3)'),
    suspension: durationOr('14d', 'how long a suspension is (TEAM-1)'),
    keepVotes: durationOr('365d', 'votes and reasons are erased after this'),
  },
  'how the infrateam decides about its members',
);
export type TeamSettings = Static<typeof team>;

const access = section(
  {
    realms: Type.Record(
      Type.String({ pattern: '^[A-Za-z][A-Za-z0-9._-]*$' }),
      Type.Literal('directory', {
        description: 'users of this realm are people of the directory, by their uid',
      }),
      {
        default: {},
        description: 'realms of Proxmox whose users are people of the directory, such as ldap: directory',
      },
    ),
    every: durationOr(
      '10m',
      'how often it is looked who has admin rights; 1m to 24h, and of the wiki at least every 30 minutes',
    ),
    confirmEvery: durationOr('365d', 'how often a list that is kept by hand is confirmed (CORE-2)'),
  },
  'who really has admin access (CORE-4)',
);
export type AccessSettings = Static<typeof access>;

export const teamSettings = { team, access };
