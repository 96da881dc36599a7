import type { Role } from '@huismeester/service';

/** Reports name people of the team and the board: these may read them. Members on trial read as the team does (JOIN-3). */
export const readsReports = [
  'infrateam',
  'trial',
  'board',
  'administrator',
] as const satisfies readonly Role[];

/** Who has one made, or sent once more. */
export const makesReports = ['infrateam', 'board', 'administrator'] as const satisfies readonly Role[];
