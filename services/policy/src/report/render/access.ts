import type { ReportData, ReportHappenings, ReportState } from '@huismeester/contracts';
import { type Block, list, type Section, text } from './document.ts';
import { capital, classes, count, together, type Wording } from './wording.ts';

export function accessLines(access: ReportHappenings['access'], words: Wording): string[] {
  return access.map(({ at, source, what, person }) => {
    const whose =
      person === undefined
        ? `een account op ${place(source)}`
        : `${words.person(person)} op ${place(source)}`;
    return what === 'gained'
      ? `Beheerrechten erbij: ${whose} (${words.day(at)}).`
      : `Beheerrechten weg: ${whose} (${words.day(at)}).`;
  });
}

export function accessSection({ happened, state: { access } }: ReportData, words: Wording): Section {
  const changes = list(accessLines(happened.access, words));
  const { sources, lists, grants } = access;
  const blocks: Block[] = [
    ...(changes.length > 0 ? changes : [text('Niets bijzonders: er veranderde niets aan wie erbij kan.')]),
    ...list(sources.map(sourceLine), 'Accounts met beheerrechten:'),
    ...list(
      grants.map(
        ({ person, on, until }) =>
          `${capital(words.person(person))} (in de proefperiode) mag tot ${words.day(until)} bij ${grantOn(on, words)}.`,
      ),
    ),
    ...list(
      lists.map(
        ({ title, kind, people, checked }) =>
          `${title}: ${count(people, 'persoon', 'mensen')} ${kind === 'secret' ? (people === 1 ? 'kent dit geheim' : 'kennen dit geheim') : people === 1 ? 'kan erbij' : 'kunnen erbij'}, nagekeken op ${words.day(checked)}.`,
      ),
      'Lijsten die met de hand worden bijgehouden:',
    ),
  ];
  return { title: 'Toegang tot core-infra', blocks };
}

/** The class, or the thing, that a grant is on. */
function grantOn(on: string, { thing }: Wording): string {
  const of = /^class\/(.+)$/.exec(on)?.[1];
  return of === undefined ? thing(on) : `alle ${classes[of] ?? of}`;
}

type Source = ReportState['access']['sources'][number];

function sourceLine({ source, read, team, services, others, asleep }: Source): string {
  const parts = [
    ...(team > 0 ? [`${team} van ${team === 1 ? 'een teamlid' : 'teamleden'}`] : []),
    ...(services > 0 ? [count(services, 'serviceaccount', 'serviceaccounts')] : []),
    ...(others > 0 ? [`${others} van iemand anders`] : []),
  ];
  const all = team + services + others;
  const of = parts.length === 0 ? '' : `: ${together(parts)}`;
  const off =
    asleep > 0
      ? ` Daarnaast ${asleep === 1 ? 'staat er 1 account' : `staan er ${asleep} accounts`} uit.`
      : '';
  const unknown = read ? '' : ' Let op: dit was de laatste keer niet helemaal te lezen.';
  return `${capital(place(source))} heeft ${count(all, 'account', 'accounts')}${of}.${off}${unknown}`;
}

/** Where accounts are, as people call it. */
function place(source: string): string {
  if (source === 'directory') return 'de ledenadministratie';
  return source === 'wiki' ? 'de wiki' : `hypervisor ${source}`;
}
