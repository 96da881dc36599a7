import type { EventOf } from '@huismeester/contracts';
import type { EntryData, EntryType } from '../core/entry.ts';

/** The types of events that something is kept of. */
export type Collected = Exclude<EntryType, 'source.read'>;

/**
 * What is kept of each type of event; undefined: nothing. Whatever is not named here is not kept: reasons, votes, names and addresses are in none of
 * them, nor are VMs of participants.
 */
export const reduced: { readonly [T in Collected]: (event: EventOf<T>) => EntryData[T] | undefined } = {
  'ups.on-battery': ({ data: { since } }) => ({ since }),
  // At first contact nothing had been off.
  'ups.on-mains': ({ data: { lasted_s } }) => (lasted_s === undefined ? undefined : { lasted_s }),
  'ups.replace-battery': nothing,
  'ups.battery-replaced': nothing,
  'incident.opened': incident,
  'incident.changed': incident,
  'incident.reopened': incident,
  'incident.closed': ({ data }) => {
    const { lasted_s, approximate, merged_into } = data;
    return {
      ...incident({ data }),
      ...(lasted_s !== undefined && { lasted_s }),
      ...(approximate !== undefined && { approximate }),
      ...(merged_into !== undefined && { merged_into }),
    };
  },
  'availability.month': ({ data }) => data,
  'vm.found': ({ data }) => (data.class === 'participant' ? undefined : { class: data.class }),
  'vm.reclassified': ({ data: { to } }) => ({ to }),
  'vm.unlisted': nothing,
  'project.begun': ({ data }) => ({ class: data.class, title: data.title }),
  'project.changed': ({ data: { title } }) => (title === undefined ? undefined : { title }),
  'project.reclassified': ({ data: { from, to } }) => ({ from, to }),
  'project.retired': nothing,
  'promotion.requested': ({ data: { project, kind, from, to } }) => ({
    project,
    kind,
    from,
    ...(to !== undefined && { to }),
  }),
  'promotion.withdrawn': ({ data: { project } }) => ({ project }),
  'promotion.decided': ({ data: { project, how } }) => ({ project, how }),
  'promotion.undone': ({ data: { project } }) => ({ project }),
  'member.imported': stateOf,
  'member.started': ({ data: { state } }) => ({ state }),
  'member.joined': stateOf,
  'member.confirmed': nothing,
  'member.extended': ({ data: { until } }) => ({ until }),
  'member.suspended': ({ data: { until } }) => ({ until }),
  'member.reinstated': stateOf,
  'member.left': ({ data: { how } }) => ({ how }),
  'person.changed': ({ data }) => personIn(data),
  'person.gone': nothing,
  'application.opened': nothing,
  'application.carried-out': nothing,
  'application.rejected': nothing,
  'application.lapsed': nothing,
  'application.vetoed': nothing,
  'application.withdrawn': nothing,
  'account.found': ({ data }) => accountIn(data),
  'account.gone': ({ data: { source } }) => ({ source }),
  'known-account.assigned': ({ data: { person } }) => ({ person }),
  'known-account.registered': nothing,
  'known-account.forgotten': nothing,
  'access-source.known': nothing,
  'access-source.unknown': nothing,
  'access-source.ended': nothing,
  'access-list.recorded': ({ data }) => ({
    title: data.title,
    kind: data.kind,
    people: data.people.length,
  }),
  'access-list.confirmed': nothing,
  'access-list.ended': nothing,
  'grant.given': ({ data }) => grantIn(data),
  'grant.ended': nothing,
  'item.registered': ({ data }) => itemIn(data),
  'item.changed': ({ data }) => itemIn(data),
  'item.retired': nothing,
  'steward.added': ({ data: { item, person, role } }) => ({ item, person, role }),
  'steward.promoted': ({ data: { item, person } }) => ({ item, person }),
  'steward.confirmed': nothing,
  'steward.removed': nothing,
  'design-decision.registered': ({ data }) => decisionIn(data),
  'design-decision.changed': ({ data }) => decisionIn(data),
  'design-decision.removed': nothing,
  'design-decision.page-read': ({ data }) => pageReadIn(data),
  'violation.opened': ({ data: { kind, clause, severity, about } }) => ({
    kind,
    clause,
    severity,
    about,
  }),
  'violation.closed': nothing,
  'violation.accepted': ({ data: { until }, actor }) => ({ until, by: byOf(actor) }),
  'violation.acceptance-ended': nothing,
  'advice.written': ({ data: { title, text } }) => ({ title, text }),
  'advice.changed': ({ data: { title, text } }) => ({ title, text }),
  'advice.given': nothing,
  'advice.answered': ({ data: { answer } }) => ({ answer }),
  'advice.withdrawn': nothing,
};

/** Kept only where something of its subject was kept before: else it says nothing. */
export const ifKnown: ReadonlySet<EntryType> = new Set([
  'ups.battery-replaced',
  'vm.unlisted',
  'grant.ended',
]);

function nothing(): Readonly<Record<never, never>> {
  return {};
}

type Failed = Pick<EventOf<'incident.opened'>['data'], 'root' | 'since' | 'core' | 'outage' | 'members'>;

export function incident({ data: { root, since, core, outage, members } }: { readonly data: Failed }) {
  // Those that failed are up again by its end.
  const failed = members.filter((each) => each.core).map(({ thing }) => thing);
  return { root, since, core, outage, things: [...new Set(failed)] };
}

function stateOf({
  data: { state, until },
}: EventOf<'member.imported' | 'member.joined' | 'member.reinstated'>) {
  return { state, ...(until !== undefined && { until }) };
}

export function personIn({ enabled, groups }: Pick<EventOf<'person.changed'>['data'], 'enabled' | 'groups'>) {
  return { enabled, board: enabled && groups.includes('board') };
}

export function accountIn({ source, person, asleep, built_in }: EventOf<'account.found'>['data']) {
  return { source, ...(person !== undefined && { person }), asleep, built_in: built_in !== undefined };
}

/** Undefined for one that is not of core: that is no right to it. */
export function grantIn({ core, person, on, until }: EventOf<'grant.given'>['data']) {
  return core === true ? { person, on, until } : undefined;
}

/** What the wiki last said of a page, and what it is called there now. */
export function pageReadIn({
  state,
  confirmed,
  title,
}: Pick<EventOf<'design-decision.page-read'>['data'], 'state' | 'confirmed' | 'title'>) {
  return { state, confirmed, ...(title !== undefined && { title }) };
}

export function itemIn(item: EntryData['item.registered']): EntryData['item.registered'] {
  const { name, layer, life, core, space_wide, tenure, stands_for } = item;
  return {
    name,
    layer,
    life,
    core,
    space_wide,
    ...(tenure && { tenure }),
    ...(stands_for !== undefined && { stands_for }),
  };
}

export function decisionIn(
  decision: EntryData['design-decision.registered'],
): EntryData['design-decision.registered'] {
  const { title, status, superseded_by, item, project, page } = decision;
  return {
    title,
    status,
    ...(superseded_by !== undefined && { superseded_by }),
    ...(item !== undefined && { item }),
    ...(project !== undefined && { project }),
    ...(page !== undefined && { page }),
  };
}

/** Who did it, without the name of a login: `person:<id>`, or `administrator` for whoever has no id. */
export function byOf(actor = ''): string {
  return /person:[0-9a-f-]{36}/.exec(actor)?.[0] ?? 'administrator';
}
