/** What a report in Dutch is worded with. */
export interface Wording {
  /** `14 oktober`; with the year where it is another than that of the report. */
  readonly day: (iso: string) => string;
  /** `14 oktober om 19:03 uur`. */
  readonly moment: (iso: string) => string;
  /** `14 oktober van 19:03 tot 19:31 uur`. */
  readonly span: (since: string, until: string) => string;
  /** Between which two moments clocks were changed, in words; empty where they were not. */
  readonly clockChange: (since: string, until: string) => string;
  /** A civil day, `2027-03-31`, with its year. */
  readonly civil: (day: string) => string;
  /** What a person is called, by id. */
  readonly person: (id: string) => string;
  /** What a thing is called, by its subject. */
  readonly thing: (subject: string) => string;
  /** Where a page of the wiki is; undefined where settings name none. */
  readonly wikiPage: (title: string) => string | undefined;
}

const language = 'nl-NL';
const percentage = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 });
const number = new Intl.NumberFormat(language);
const conjunction = new Intl.ListFormat(language, { type: 'conjunction' });

/** Moments and days of a site. */
export function datesIn(
  zone: string,
  from: string,
): Pick<Wording, 'day' | 'moment' | 'span' | 'clockChange' | 'civil'> & {
  readonly month: (iso: string) => string;
} {
  const format = (options: Intl.DateTimeFormatOptions, timeZone = zone) => {
    const format = new Intl.DateTimeFormat(language, { timeZone, ...options });
    return (iso: string) => format.format(new Date(iso));
  };
  const short = format({ day: 'numeric', month: 'long' });
  const long = format({ day: 'numeric', month: 'long', year: 'numeric' });
  const year = format({ year: 'numeric' });
  const time = format({ hour: '2-digit', minute: '2-digit' });
  // `GMT+2`, in all languages with these digits.
  const zoneName = format({ timeZoneName: 'longOffset', year: 'numeric' });
  const offset = (iso: string) => Number(/[+-]\d\d/.exec(zoneName(iso))?.[0] ?? 0);
  const civil = format({ day: 'numeric', month: 'long', year: 'numeric' }, 'UTC');
  const day = (iso: string) => (year(iso) === year(from) ? short(iso) : long(iso));
  return {
    day,
    civil,
    month: format({ month: 'long', year: 'numeric' }),
    clockChange: (since, until) => {
      const ahead = offset(until) - offset(since);
      if (ahead === 0) return '';
      return ahead > 0 ? ' Die nacht ging de zomertijd in.' : ' Die nacht ging de wintertijd in.';
    },
    moment: (iso) => `${day(iso)} om ${time(iso)} uur`,
    span: (since, until) =>
      day(since) === day(until)
        ? `${day(since)} van ${time(since)} tot ${time(until)} uur`
        : `van ${day(since)} ${time(since)} uur tot ${day(until)} ${time(until)} uur`,
  };
}

/** `1 storing`, `2 storingen`, `geen storingen`. */
export function count(howMany: number, one: string, more: string): string {
  return howMany === 0 ? `geen ${more}` : `${number.format(howMany)} ${howMany === 1 ? one : more}`;
}

/** A ratio as a percentage with at most two decimals; what is not all is never rounded up to 100 %. */
export function percent(ratio: number): string {
  return percentage.format(ratio < 1 ? Math.min(ratio, 0.9999) : 1);
}

/** `a, b en c`. */
export function together(all: readonly string[]): string {
  return conjunction.format(all);
}

/** A length of time: `28 minuten`, `2 uur en 5 minuten`, `3 dagen en 2 uur`. */
export function lasting(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return 'minder dan een minuut';
  const [days, hours, left] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  const parts =
    days > 0
      ? [days === 1 ? '1 dag' : `${number.format(days)} dagen`, hours > 0 ? `${hours} uur` : '']
      : [hours > 0 ? `${hours} uur` : '', left > 0 ? count(left, 'minuut', 'minuten') : ''];
  return together(parts.filter((part) => part !== ''));
}

export function capital(text: string): string {
  return `${text.slice(0, 1).toLocaleUpperCase(language)}${text.slice(1)}`;
}

/** What a thing is called that has no name of its own. */
export function thingOf(subject: string): string {
  const [kind = '', id = '', more = ''] = subject.split('/');
  const known = kinds[kind];
  return known === undefined ? id || subject : known(id, more);
}

const kinds: Readonly<Record<string, (id: string, more: string) => string>> = {
  vm: (id) => `VM ${id}`,
  ups: (id) => `UPS ${id}`,
  node: (id) => `node ${id}`,
  hypervisor: (id) => `hypervisor ${id}`,
  switch: (id) => `switch ${id}`,
  port: (id, port) => `poort ${port} van switch ${id}`,
  mains: () => 'de netstroom',
  vantage: () => 'het netwerk van Huismeester',
  person: () => 'een deelnemer',
  account: (id) => `een account op ${id.replace(/-[0-9a-f]{12}$/, '')}`,
  application: () => 'een aanmelding bij het infrateam',
  incident: (id) => `storing ${id}`,
  team: () => 'het infrateam',
  mail: () => 'de mail',
  directory: () => 'de ledenadministratie',
  clock: () => 'de klok',
  core: (id) => core[id] ?? id,
  wiki: () => 'de wiki',
  report: () => 'het verslag aan het bestuur',
  'access-list': (id) => `lijst ${id}`,
  'access-source': (id) => id,
  'policy-text': () => 'het infrabeleid',
  lease: () => 'de VM’s van deelnemers',
};

/** Those that CORE-3 names. */
const core: Readonly<Record<string, string>> = {
  hypervisor: 'de hypervisor',
  uplink: 'de internetverbinding',
  website: 'de website',
  login: 'het inlogsysteem',
  network: 'Spacenet',
};

export const classes: Readonly<Record<string, string>> = {
  core: 'core-infra',
  'space-wide': 'space-breed project',
  participant: 'deelnemersproject',
};
