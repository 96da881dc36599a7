import type { EventData, EventType } from '@huismeester/contracts';

/** The logs that entries are collected from. */
export const reportSources = [
  'ups-monitor',
  'netwatch',
  'vm-lifecycle',
  'membership',
  'inventory',
  'policy',
] as const;
export type ReportSource = (typeof reportSources)[number];

type Some<T extends EventType, Key extends keyof EventData<T>> = Pick<EventData<T>, Key>;
type Incident = Some<'incident.opened', 'root' | 'since' | 'core' | 'outage'> & {
  /** The core things that are down. */
  readonly things: readonly string[];
};
type Item = Some<
  'item.registered',
  'name' | 'layer' | 'life' | 'core' | 'space_wide' | 'tenure' | 'stands_for'
>;
type Decision = Some<
  'design-decision.registered',
  'title' | 'status' | 'superseded_by' | 'item' | 'project' | 'page'
>;
type Steward = Some<'steward.added', 'item' | 'person'>;
type Nothing = Readonly<Record<never, never>>;
/** Of what a snapshot has: when it became so, ISO 8601, where the snapshot says it. */
interface Dated {
  readonly since?: string;
}

/**
 * What is kept of each type of event, and of the like in a snapshot: what the report needs, and nothing else. No reason, vote, address or name of a
 * person; of VMs those of the team alone.
 */
export interface EntryData {
  /** A reader began with a snapshot: what was known of its source is replaced by the entries that follow. */
  'source.read': Nothing;
  'ups.on-battery': Some<'ups.on-battery', 'since'>;
  'ups.on-mains': Some<'ups.on-mains', 'lasted_s'>;
  'ups.replace-battery': Nothing;
  'ups.battery-replaced': Nothing;
  'incident.opened': Incident;
  'incident.changed': Incident;
  'incident.reopened': Incident;
  'incident.closed': Incident & Some<'incident.closed', 'lasted_s' | 'approximate' | 'merged_into'>;
  'availability.month': EventData<'availability.month'>;
  'vm.found': Some<'vm.found', 'class'>;
  'vm.reclassified': Some<'vm.reclassified', 'to'>;
  'vm.unlisted': Nothing;
  'project.begun': Some<'project.begun', 'class'> & { readonly title?: string };
  'project.changed': Some<'project.changed', 'title'>;
  'project.reclassified': Some<'project.reclassified', 'from' | 'to'>;
  'project.retired': Nothing;
  'promotion.requested': Some<'promotion.requested', 'project' | 'kind' | 'from' | 'to'>;
  'promotion.withdrawn': Some<'promotion.withdrawn', 'project'>;
  'promotion.decided': Some<'promotion.decided', 'project' | 'how'>;
  'promotion.undone': Some<'promotion.undone', 'project'>;
  'member.imported': Some<'member.imported', 'state' | 'until'> & {
    readonly before?: { readonly state: string; readonly until?: string };
  };
  'member.started': Some<'member.started', 'state'>;
  'member.joined': Some<'member.joined', 'state' | 'until'>;
  'member.confirmed': Nothing;
  'member.extended': Some<'member.extended', 'until'>;
  'member.suspended': Some<'member.suspended', 'until'>;
  'member.reinstated': Some<'member.reinstated', 'state' | 'until'>;
  'member.left': Some<'member.left', 'how'>;
  'person.changed': { readonly board: boolean; readonly enabled: boolean };
  'person.gone': Nothing;
  'application.opened': Nothing;
  'application.carried-out': Nothing;
  'application.rejected': Nothing;
  'application.lapsed': Nothing;
  'application.vetoed': Nothing;
  'application.withdrawn': Nothing;
  'account.found': Some<'account.found', 'source' | 'person' | 'asleep'> & { readonly built_in: boolean };
  'account.gone': Some<'account.gone', 'source'>;
  'known-account.assigned': Some<'known-account.assigned', 'person'>;
  'known-account.registered': Nothing;
  'known-account.forgotten': Nothing;
  'access-source.known': Nothing;
  'access-source.unknown': Nothing;
  'access-source.ended': Nothing;
  'access-list.recorded': Some<'access-list.recorded', 'title' | 'kind'> & {
    readonly people: number;
  } & Dated;
  'access-list.confirmed': Nothing;
  'access-list.ended': Nothing;
  'grant.given': Some<'grant.given', 'person' | 'on' | 'until'>;
  'grant.ended': Nothing;
  'item.registered': Item;
  'item.changed': Item;
  'item.retired': Nothing;
  'steward.added': Steward & Some<'steward.added', 'role'> & Dated;
  'steward.promoted': Steward;
  'steward.confirmed': Nothing;
  'steward.removed': Nothing;
  'design-decision.registered': Decision;
  'design-decision.changed': Decision;
  'design-decision.removed': Nothing;
  'design-decision.page-read': Some<'design-decision.page-read', 'state' | 'confirmed' | 'title'>;
  'violation.opened': Some<'violation.opened', 'kind' | 'clause' | 'severity' | 'about'> & Dated;
  'violation.closed': Nothing;
  'violation.accepted': Some<'violation.accepted', 'until'> & { readonly by: string };
  'violation.acceptance-ended': Nothing;
  'advice.written': Some<'advice.written', 'title' | 'text'> & Dated;
  'advice.changed': Some<'advice.changed', 'title' | 'text'>;
  'advice.given': Dated;
  'advice.answered': Some<'advice.answered', 'answer'>;
  'advice.withdrawn': Nothing;
}
export type EntryType = keyof EntryData;

/** One event as the report keeps it, or what a snapshot says instead of the events before it. */
export type EntryOf<T extends EntryType> = {
  readonly [K in T]: {
    /** Counts what is collected: of one source it is the order of its log. */
    readonly seq: number;
    readonly source: ReportSource;
    /** ms since 1970. */
    readonly time: number;
    readonly type: K;
    readonly subject: string;
    /** How it was when a reader began, not that it happened then. */
    readonly isState: boolean;
    readonly data: EntryData[K];
  };
}[T];
export type Entry = EntryOf<EntryType>;

/** What follows the kind in a subject: `104` of `vm/104`. */
export function idIn({ subject }: Pick<Entry, 'subject'>): string {
  return subject.slice(subject.indexOf('/') + 1);
}

export const iso = (ms: number): string => new Date(ms).toISOString();
