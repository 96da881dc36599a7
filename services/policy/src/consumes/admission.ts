import { ApplicationEntity } from '@huismeester/contracts';
import { type Handlers, readEntities } from '@huismeester/events';
import { fromAdmission as reader } from '../desired/gates.ts';
import { type ApplicationEvent, applicationFrom, evolveApplication } from '../facts/application.ts';
import { applicationStore } from '../facts/store.ts';
import { factKind, foldInto } from './fact-kind.ts';

const fold = foldInto(applicationStore, ({ data }: ApplicationEvent) => data.application, evolveApplication);

/** What policy takes from membership about applications to the team. A reader of its own, so that what fails there holds up nothing else. */
export const fromAdmission = {
  reader,
  handlers: {
    'application.proposed': fold,
    'application.opened': fold,
    'application.withdrawn': fold,
    'application.trial-set': fold,
    'application.vote-cast': fold,
    'application.minutes-recorded': fold,
    'application.minutes-withdrawn': fold,
    'application.approved': fold,
    'application.put-to-board': fold,
    'application.without-board': fold,
    'application.vetoed': fold,
    'application.rejected': fold,
    'application.lapsed': fold,
    'application.carried-out': fold,
  } satisfies Handlers,
  ...readEntities({ application: factKind(ApplicationEntity, applicationStore, applicationFrom) }),
};
