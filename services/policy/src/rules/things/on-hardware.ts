import { because, type ReasonCode } from '@huismeester/contracts';
import type { ItemFact } from '../../facts/item.ts';
import type { Notice, Undecided, ViolationFound } from '../define.ts';
import { type Hardware, hardwareOf, type Places } from './hardware.ts';
import { type EndOf, type Whose, whoseNow } from './tenure.ts';

export const notOurs = 'hardware-not-ours';
export const rentEnds = 'rent-ends';
export const unknownHardware = 'hardware-unknown';
const clause = 'CORE-6';

/** What of core is on whose hardware (CORE-6), found thing by thing. */
export interface OnHardware {
  /** `subject`: the core item or VM; it runs on what `start` does. */
  look(subject: string, start: string): void;
  found(): {
    readonly found: readonly ViolationFound[];
    readonly undecided: readonly Undecided[];
    readonly notices: readonly Notice[];
    /** When time alone changes what is found, ms since 1970. */
    readonly times: readonly number[];
  };
}

interface Context {
  readonly places: Places;
  readonly now: number;
  readonly endOf: EndOf;
  /** Nothing is over by a clock that is not believed. */
  readonly isBelieved: boolean;
}

/**
 * Core on hardware that is loaned, private or past its rent is a serious violation of that thing, whose evidence names its move and what was said of
 * the hardware. A rent that ends within 60 days, and hardware of which nobody said whose it is, are one warning for the hardware, whatever runs on
 * it. Of what is not seen nothing opens or closes, nor of the hardware that it was last known to be on, unless something else runs there.
 */
export function createOnHardware({ places, now, endOf, isBelieved }: Context): OnHardware {
  const found: ViolationFound[] = [];
  const undecided: Undecided[] = [];
  const times: number[] = [];
  /** By the thing that is hardware; decided where something runs on it that is seen. */
  const decided = new Map<string, { readonly each: Hardware; readonly whose: Whose }>();
  const unclear = new Map<string, Omit<Hardware, 'evidence'>>();
  return {
    look(subject, start) {
      const { hardware, unseen } = hardwareOf(start, places);
      const all = hardware.map((each) => ({ each, whose: whoseNow(each.item, now, endOf) }));
      const byClock = all.some(({ whose }) => !isBelieved && dependsOnTime(whose));
      if (unseen || byClock) {
        undecided.push({ kind: notOurs, subject });
        for (const { each } of all) unclear.set(each.thing, each);
        return;
      }
      for (const { each, whose } of all) {
        if (!decided.has(each.thing)) decided.set(each.thing, { each, whose });
        if ('lookAgainAt' in whose && whose.lookAgainAt !== undefined) times.push(whose.lookAgainAt);
        const why = wrong(whose);
        if (why === undefined) continue;
        const reasons = [because(why, { text: nameOf(each), ...overOf(whose) })];
        const severity = 'serious';
        const { thing: cause, evidence } = each;
        found.push({ kind: notOurs, subject, cause, severity, clause, reasons, evidence });
      }
    },
    found() {
      const ofHardware = [...decided.values()].flatMap(({ each, whose }) => violationOf(each, whose) ?? []);
      for (const each of unseenIn(places)) unclear.set(each.thing, each);
      const open = [...unclear.values()].filter(({ thing }) => !decided.has(thing));
      return {
        found: [...found, ...ofHardware],
        undecided: [
          ...undecided,
          ...open.map(({ thing }) => ({ kind: unknownHardware, subject: thing })),
          ...open.map(({ thing, item }) => ({ kind: rentEnds, subject: subjectOf(thing, item) })),
        ],
        notices: [...decided.values()].flatMap(({ each, whose }) => noticeOf(each, whose) ?? []),
        times,
      };
    },
  };
}

/** What something may run on that is not seen: all that there is, while something of the register is not. */
function unseenIn({ isIncomplete, node, item, byThing }: Places): Omit<Hardware, 'evidence'>[] {
  if (!isIncomplete) return [];
  const of = (thing: string) => {
    const each = byThing.get(thing);
    return { thing, ...(each && { item: each }) };
  };
  return [
    ...[...node.values()].map(({ id }) => of(`node/${id}`)),
    ...[...item.values()].map((each) => ({ thing: each.standsFor ?? `item/${each.item}`, item: each })),
  ];
}

function dependsOnTime(whose: Whose): boolean {
  return whose.is === 'rent-over' || whose.is === 'rent-ends' || 'lookAgainAt' in whose;
}

function wrong(whose: Whose): ReasonCode | undefined {
  if (whose.is === 'loaned') return 'on-loaned';
  if (whose.is === 'private') return 'on-private';
  return whose.is === 'rent-over' ? 'on-rent-over' : undefined;
}

function overOf(whose: Whose): { readonly until?: string } {
  return 'over' in whose ? { until: new Date(whose.over).toISOString() } : {};
}

/** What is the matter with hardware itself, that core runs on. */
function violationOf(each: Hardware, whose: Whose): ViolationFound | undefined {
  const { thing, item, evidence } = each;
  const base = { severity: 'warning', clause, evidence } as const;
  const text = nameOf(each);
  if (whose.is === 'rent-ends') {
    const reasons = [because('rent-ends', { text, ...overOf(whose) })];
    return { ...base, kind: rentEnds, subject: subjectOf(thing, item), reasons, ownNotice: true };
  }
  if (whose.is !== 'unknown') return undefined;
  const reasons = [because(item ? 'tenure-not-said' : 'hardware-not-registered', { text })];
  return { ...base, kind: unknownHardware, subject: thing, reasons };
}

/** It is said once for each end of a rent. */
function noticeOf(each: Hardware, whose: Whose): Notice | undefined {
  if (whose.is !== 'rent-ends') return undefined;
  return {
    kind: rentEnds,
    subject: subjectOf(each.thing, each.item),
    moment: whose.until,
    to: 'team',
    urgency: 'digest',
    severity: 'warning',
    clause,
    reasons: [because('rent-ends', { text: nameOf(each), ...overOf(whose) })],
  };
}

function subjectOf(thing: string, item: ItemFact | undefined): string {
  return item ? `item/${item.item}` : thing;
}

/** What people call it. */
function nameOf({ thing, item }: Hardware): string {
  return item?.name ?? thing.slice(thing.indexOf('/') + 1);
}
