import { aggregate, type Made } from '@huismeester/events';
import { type Application, evolveApplication } from '../core/admission/application.ts';
import { application } from '../schema.ts';

type ApplicationMade =
  | Made<'application.proposed'>
  | Made<'application.opened'>
  | Made<'application.withdrawn'>
  | Made<'application.trial-set'>
  | Made<'application.vote-cast'>
  | Made<'application.minutes-recorded'>
  | Made<'application.minutes-withdrawn'>
  | Made<'application.approved'>
  | Made<'application.put-to-board'>
  | Made<'application.without-board'>
  | Made<'application.vetoed'>
  | Made<'application.rejected'>
  | Made<'application.lapsed'>
  | Made<'application.carried-out'>;

/** Applications to the team (JOIN-1, JOIN-2), by id. */
export const applications = aggregate({
  kind: 'application',
  table: application,
  initial: undefined,
  evolve: (known: Application | undefined, event: ApplicationMade) => evolveApplication(known, event),
});
