import { type EventData, type Now, noticeWords } from '@huismeester/contracts';
import { sentences } from '@huismeester/contracts/sentences';
import { civil } from '../civil.ts';

/** What is said of policy's log: what it decided and why, and what people did about that. Violations are asked about, until they are over; notices and reports are about persons. */
export const toldTypes = [
  'outage.began',
  'outage.stage-entered',
  'outage.ended',
  'desired-state.decided',
  'desired-state.rehearsed',
  'hold.placed',
  'hold.released',
  'rule.mode-changed',
] as const;
export type Told = (typeof toldTypes)[number];

/** Something that happened, with those of which the same is said. */
export interface Happened {
  readonly id: string;
  readonly type: Told;
  readonly time: Date;
  readonly correlation: string;
  readonly data: EventData<Told>;
  /** What it is about: `vm/104`; empty where that is the whole space. */
  readonly subject: string;
  /** Of so many others the same was said at the same time. */
  readonly others: number;
}

/** What an event is about: `vm/104`; empty where that is the whole space. */
export function subjectOf(data: EventData<Told>): string {
  return 'target' in data ? data.target : '';
}

/** Those that say the same of several things, at the place of the newest of them. */
export function together(all: readonly Happened[]): Happened[] {
  const told = new Map<string, Happened>();
  for (const each of all) {
    const key = sameOf(each);
    const known = told.get(key);
    told.set(key, known === undefined ? each : { ...known, others: known.others + 1 });
  }
  return [...told.values()];
}

function sameOf({ id, type, correlation, data }: Happened): string {
  if (!('state' in data)) return id;
  return [type, correlation, data.state, data.clause, data.reasons?.[0]?.code].join(' ');
}

/** What happened, as an answer has it; `names` are those of VMs, by subject. */
export function saidOf(
  each: Happened,
  names: ReadonlyMap<string, string>,
  timeZone: string,
): NonNullable<Now['last']>[number] {
  const { id, type, time } = each;
  const says = { nl: say(each, names, 'nl', timeZone), en: say(each, names, 'en', timeZone) };
  return { id, type, time: time.toISOString(), says };
}

function say(
  { type, data, subject, others }: Happened,
  names: ReadonlyMap<string, string>,
  language: 'nl' | 'en',
  timeZone: string,
): string {
  const { subject: andMore } = noticeWords[language];
  const name = names.get(subject);
  const known = name === undefined ? subject : `vm/${name}`;
  const named = {
    ...data,
    ...('target' in data && { target: andMore(known, others) }),
  };
  const text = sentences[language][type](named as never, (iso) => civil(iso, language, timeZone));
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
