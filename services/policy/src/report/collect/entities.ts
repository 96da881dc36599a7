import {
  AccessListEntity,
  AccessSourceEntity,
  AccountEntity,
  AdviceResource,
  ApplicationEntity,
  DesignDecisionEntity,
  GrantEntity,
  GroupName,
  IncidentResource,
  ItemEntity,
  KnownAccountEntity,
  MemberEntity,
  PersonId,
  ProjectEntity,
  StewardEntity,
  Ups,
  Violation,
  VmClass,
  VmId,
} from '@huismeester/contracts';
import { type Static, type TSchema, Type } from 'typebox';
import type { EntryType, ReportSource } from '../core/entry.ts';
import type { Kept } from './keep.ts';
import { accountIn, byOf, decisionIn, grantIn, incident, itemIn, pageReadIn, personIn } from './reduce.ts';

/** How one kind of a snapshot's entities is kept: as the events that would have led to it. */
export interface StateKind {
  readonly schema: TSchema;
  readonly keep: (state: unknown, subject: string) => readonly Kept[];
}

function kind<Schema extends TSchema>(
  schema: Schema,
  keep: (state: Static<Schema>, subject: string) => readonly Kept[],
): StateKind {
  // Its state is checked against the schema before.
  return { schema, keep: keep as StateKind['keep'] };
}

const one = <T extends EntryType>(type: T, subject: string, data: Extract<Kept, { type: T }>['data']) =>
  // As the type says what its data are.
  [{ type, subject, data } as unknown as Kept];

/** Of policy’s own, as they stand in its tables. */
const OpenViolationEntity = Type.Pick(Violation, [
  'kind',
  'clause',
  'severity',
  'about',
  'since',
  'accepted',
]);

/** What of each snapshot is kept, by the first part of the subject. */
export const stateKinds: Readonly<Record<ReportSource, Readonly<Record<string, StateKind>>>> = {
  'ups-monitor': {
    ups: kind(Ups, ({ mains, since, replaceBattery }, subject) => [
      ...(mains === 'on-battery' && since !== undefined ? one('ups.on-battery', subject, { since }) : []),
      ...(replaceBattery ? one('ups.replace-battery', subject, {}) : []),
    ]),
  },
  netwatch: {
    incident: kind(IncidentResource, (state, subject) =>
      state.state === 'open' ? one('incident.opened', subject, incident({ data: state })) : [],
    ),
  },
  'vm-lifecycle': {
    vm: kind(Type.Object({ id: VmId, class: VmClass }), (state, subject) =>
      state.class === 'participant' ? [] : one('vm.found', subject, { class: state.class }),
    ),
    project: kind(ProjectEntity, ({ class: ofClass, state, title }, subject) =>
      state === 'retired'
        ? []
        : one('project.begun', subject, { class: ofClass, ...(title !== undefined && { title }) }),
    ),
  },
  membership: {
    member: kind(MemberEntity, ({ state, until, before }, subject) =>
      one('member.imported', subject, {
        state,
        ...(until !== undefined && { until }),
        ...(before && { before }),
      }),
    ),
    person: kind(
      Type.Object({ person: PersonId, enabled: Type.Boolean(), groups: Type.Array(GroupName) }),
      (state, subject) => {
        const person = personIn(state);
        return person.board || !person.enabled ? one('person.changed', subject, person) : [];
      },
    ),
    application: kind(ApplicationEntity, ({ state }, subject) =>
      state === 'open' || state === 'awaiting-board' ? one('application.opened', subject, {}) : [],
    ),
    account: kind(AccountEntity, (state, subject) => one('account.found', subject, accountIn(state))),
    'known-account': kind(KnownAccountEntity, ({ person }, subject) =>
      person === undefined
        ? one('known-account.registered', subject, {})
        : one('known-account.assigned', subject, { person }),
    ),
    'access-source': kind(AccessSourceEntity, ({ state }, subject) =>
      one(state === 'known' ? 'access-source.known' : 'access-source.unknown', subject, {}),
    ),
    'access-list': kind(AccessListEntity, (list, subject) =>
      one('access-list.recorded', subject, {
        title: list.title,
        kind: list.kind,
        people: list.people.length,
        since: list.confirmed_at ?? list.since,
      }),
    ),
    grant: kind(GrantEntity, (state, subject) => {
      const grant = grantIn(state);
      return grant ? one('grant.given', subject, grant) : [];
    }),
  },
  inventory: {
    item: kind(ItemEntity, (item, subject) => one('item.registered', subject, itemIn(item))),
    steward: kind(StewardEntity, ({ item, person, role, confirmed_at }, subject) =>
      one('steward.added', subject, { item, person, role, since: confirmed_at }),
    ),
    'design-decision': kind(DesignDecisionEntity, ({ read, ...decision }, subject) => [
      ...one('design-decision.registered', subject, decisionIn(decision)),
      ...(read ? one('design-decision.page-read', subject, pageReadIn(read)) : []),
    ]),
  },
  policy: {
    violation: kind(OpenViolationEntity, ({ accepted, ...violation }, subject) => [
      ...one('violation.opened', subject, violation),
      ...(accepted
        ? one('violation.accepted', subject, { until: accepted.until, by: byOf(accepted.by) })
        : []),
    ]),
    advice: kind(AdviceResource, ({ title, text, state, since, given }, subject) =>
      state === 'answered'
        ? []
        : [
            ...one('advice.written', subject, { title, text, since }),
            ...(given === undefined ? [] : one('advice.given', subject, { since: given })),
          ],
    ),
  },
};
