import { withoutFuture } from '../src/facts/clock-rollback.ts';
import { type DeliveryFact, deliveryKey } from '../src/facts/delivery.ts';
import { noFacts } from '../src/facts/index.ts';
import type { LeaseFact } from '../src/facts/lease.ts';
import type { OwnershipFact } from '../src/facts/ownership.ts';
import type { ProjectFact } from '../src/facts/project.ts';
import { withUnseen } from '../src/facts/unseen.ts';
import type { Guest } from '../src/facts/vm.ts';
import type { NoticeRow } from '../src/notices/due.ts';
import type { Ended } from '../src/notices/record.ts';
import type { NoticeSays } from '../src/notices/says.ts';
import { endedBy } from '../src/notices/to-person.ts';
import { type Notice, noticeKey } from '../src/rules/define.ts';
import { rule } from '../src/rules/lease/index.ts';
import { findLeases } from '../src/rules/lease/rule.ts';
import type { Memory } from '../src/rules/lease/state.ts';
import { leaseView } from '../src/rules/lease/view.ts';
import { warningKinds } from '../src/rules/lease/warning.ts';
import { defaults, hour, minute, PowerSpace } from './power-space.ts';

export const day = 24 * hour;

/** A Tuesday at noon in Amsterdam, in winter. */
export const tuesday = Date.parse('2026-11-03T12:00:00+01:00');

/**
 * How the mail server does: what it is handed it takes, refuses for this person for good (a 5xx) or for now (a 4xx), or nothing can be handed to
 * it; that is so, too, while the directory is unknown.
 */
export type Mail = 'takes' | 'refuses' | 'later' | 'away';

const outcomes = {
  takes: { outcome: 'accepted' },
  refuses: { outcome: 'rejected', code: 550, why: 'nobody here' },
  later: { outcome: 'deferred', code: 451, why: 'try again' },
  away: { outcome: 'unavailable', why: 'it does not answer' },
} as const;

/** The id of a VM's ownership, and of its lease, in tests. */
export const idOf = (vm: string, incarnation = 'a'): string => `${vm}-${incarnation.repeat(8)}`;

/** A space in which the rule `lease` is armed and alone, with an outbox that is emptied at once, as far as `mail` takes it. */
export class LeaseSpace extends PowerSpace {
  readonly outbox = new Map<string, Notice>();
  /** VMs of which no shutdown comes. */
  readonly stubborn = new Set<string>();
  readonly mail = new Map<string, Mail>();
  /** Called after each look, and when a VM that was to be stopped went off. */
  watch: () => void = () => undefined;
  wentOff: () => void = () => undefined;
  /** Called when the mail server answered about a warning. */
  answered: (notice: Notice, mail: Mail) => void = () => undefined;
  /** By the key of a notice that waits: when it is tried again, ms since 1970, and what is remembered of the tries before. */
  private readonly tried = new Map<string, { readonly next: number; readonly says: Partial<NoticeSays> }>();
  /** Of everybody whom `mail` does not name. */
  mailOfAll: Mail = 'takes';

  constructor(now = tuesday) {
    super([]);
    this.now = now;
    this.startedAt = now;
    this.settings = defaults;
    this.rules = [rule];
    this.modes = new Map([['lease/PART-4', 'enforce']]);
    this.facts = noFacts;
  }

  /** A participant's VM that runs since now, with an owner and a lease of `length`. */
  leased(
    vm: string,
    {
      length = 14 * day,
      owner = `owner-of-${vm}`,
      incarnation = 'a',
      ...more
    }: Partial<Guest> & {
      readonly length?: number;
      readonly owner?: string;
    } = {},
  ): this {
    const guest: Guest = {
      vm,
      class: 'participant',
      hypervisor: 'pve',
      node: 'pve1',
      running: true,
      incarnation,
      foundAt: this.now,
      startedAt: this.now,
      ...more,
    };
    const ownership: OwnershipFact = { ownership: idOf(vm, incarnation), vm, incarnation, owner };
    this.facts = {
      ...this.facts,
      vm: new Map(this.facts.vm).set(vm, guest),
      ownership: new Map(this.facts.ownership).set(ownership.ownership, ownership),
    };
    return this.begins(vm, length, incarnation);
  }

  /** The project of a VM has that class by now, whatever pool the VM stands in. */
  inProject(vm: string, of: ProjectFact['class']): this {
    const [id, project] = [idOf(vm), `p-${vm}`];
    const ownership = this.facts.ownership.get(id);
    if (!ownership) return this;
    const fact: ProjectFact = {
      project,
      class: of,
      classAt: this.now,
      state: 'active',
      agreed: false,
      managers: [],
    };
    this.facts = {
      ...this.facts,
      ownership: new Map(this.facts.ownership).set(id, { ...ownership, project }),
      project: new Map(this.facts.project).set(project, fact),
    };
    return this.look();
  }

  /** A new lease of a VM. */
  begins(vm: string, length = 14 * day, incarnation = 'a'): this {
    const lease = idOf(vm, incarnation);
    const number = (this.facts.lease.get(lease)?.number ?? 0) + 1;
    const fact: LeaseFact = {
      lease,
      vm,
      number,
      startedAt: this.now,
      ends: this.now + length,
      renewals: 0,
    };
    this.facts = { ...this.facts, lease: new Map(this.facts.lease).set(lease, fact) };
    return this.look();
  }

  renews(vm: string, length = 14 * day, incarnation = 'a'): this {
    const lease = idOf(vm, incarnation);
    const known = this.facts.lease.get(lease);
    if (!known) return this;
    const fact = { ...known, ends: this.now + length, renewals: known.renewals + 1 };
    this.facts = { ...this.facts, lease: new Map(this.facts.lease).set(lease, fact) };
    return this.look();
  }

  clock(fact: { readonly insane?: 'jumped'; readonly acceptedAt?: number }): this {
    const { insane, acceptedAt } = fact;
    const known = {
      ...(insane && { insane: { since: this.now, why: insane } }),
      ...(acceptedAt !== undefined && { acceptedAt }),
    };
    this.facts = { ...this.facts, clock: new Map([['main', known]]) };
    return this.look();
  }

  /** What a pass finds is queued once, and handed over as soon as the mail server takes it, whether it is still said or not. */
  override look(): this {
    super.look();
    for (const notice of this.last?.notices ?? []) {
      if (notice.to === 'team' || this.outbox.has(noticeKey(notice))) continue;
      this.outbox.set(noticeKey(notice), notice);
      this.deliver(notice, { state: 'queued', queuedAt: this.now });
    }
    this.sends();
    this.watch();
    return this;
  }

  /** Hands over what waits and is due, as far as the mail server takes it, as the sender does (notices/); digests at any time. */
  sends(): this {
    let isChanged = false;
    for (const [key, notice] of this.outbox) {
      const queued = this.deliveryOf(notice);
      if (notice.to === 'team' || queued?.state !== 'queued') continue;
      const mail = this.mail.get(notice.to.person) ?? this.mailOfAll;
      const before = this.tried.get(key);
      // What failed for a reason of ours is tried every few minutes: here as soon as that reason is over.
      if (before && (before.says.deferred ? this.now < before.next : mail === 'away')) continue;
      this.answered(notice, mail);
      const row = { says: before?.says ?? {} } as NoticeRow;
      const ended: Ended = endedBy(outcomes[mail], [row], this.now);
      if (ended.state === 'queued') {
        this.tried.set(key, { next: ended.next, says: { ...before?.says, ...ended.says } });
        continue;
      }
      this.tried.delete(key);
      if (ended.state === 'dropped') this.drop(notice);
      else this.deliver(notice, { state: ended.state, queuedAt: queued.queuedAt, endedAt: this.now });
      isChanged = true;
    }
    return isChanged ? super.look() : this;
  }

  /** When somebody who was refused for now is tried again, ms since 1970. */
  private get triedAt(): number {
    return Math.min(...[...this.tried.values()].flatMap(({ next, says }) => (says.deferred ? [next] : [])));
  }

  /** Time goes on, and VMs that are to be stopped go off within a minute, but for those that are `stubborn`. */
  plays(ms: number): this {
    const until = this.now + ms;
    this.look();
    while (this.now < until) {
      const next = Math.min(this.last?.lookAgainAt ?? until, this.triedAt);
      this.after(Math.min(until, Math.max(next, this.now + minute)) - this.now);
      for (const { vm, running } of this.facts.vm.values()) {
        if (!running || this.of(vm)?.state !== 'stopped' || this.stubborn.has(vm)) continue;
        this.wentOff();
        this.stops(vm);
      }
    }
    return this;
  }

  /** The VMs that were decided to be stopped since the last call, in order. */
  stopped(): string[] {
    const said = this.decided().flatMap((each) =>
      each.endsWith(' stopped') ? [each.split(' ')[0] ?? ''] : [],
    );
    return [...new Set(said)];
  }

  /** The warnings that were sent, as «vm kind planned stop». */
  warnings(): string[] {
    return [...this.outbox.values()].map((notice) => {
      const kind = notice.kind === warningKinds.last ? 'last' : 'first';
      return `${notice.subject.slice(3)} ${kind} ${notice.moment}`;
    });
  }

  private deliveryOf(notice: Notice): DeliveryFact | undefined {
    return notice.to === 'team'
      ? undefined
      : this.facts.delivery.get(deliveryKey({ ...notice, person: notice.to.person }));
  }

  /** It is given up: rules hear of it as if it had never been queued, and it is not queued again. */
  private drop({ kind, subject, moment, to }: Notice): void {
    if (to === 'team') return;
    const delivery = new Map(this.facts.delivery);
    delivery.delete(deliveryKey({ kind, subject, moment, person: to.person }));
    this.facts = { ...this.facts, delivery };
  }

  private deliver(
    notice: Notice,
    how: Pick<DeliveryFact, 'state' | 'queuedAt'> & { readonly endedAt?: number },
  ): void {
    if (notice.to === 'team') return;
    const { kind, subject, moment } = notice;
    const fact = { kind, subject, moment, person: notice.to.person };
    const delivery = new Map(this.facts.delivery).set(deliveryKey(fact), { ...fact, ...how });
    this.facts = { ...this.facts, delivery };
  }
}

/** How the leases of a space are shown. */
export function leaseShown({ facts, memories, now, startedAt, epoch, settings, modes, unseen }: PowerSpace) {
  const own = new Map([...modes].map(([key, mode]) => [key.replace('lease/', ''), mode]));
  const memory = memories.rules.get('lease') as Memory | undefined;
  const seen = withUnseen(facts, (fact, id) => unseen.get(fact) ?? unseen.get(`${fact}/${id}`));
  const known = withoutFuture(seen, startedAt, now);
  const context = { now, startedAt, epoch, settings, mine: new Map(), modes: own };
  const found = findLeases(known, withoutFuture(memory ?? new Map(), startedAt, now), context);
  return found.looked.map((each) => leaseView(each, found));
}
