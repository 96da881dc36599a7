import type { ReportHappenings, ReportState } from '@huismeester/contracts';
import { type Entry, type EntryOf, idIn, iso } from './entry.ts';
import { gathering, type Place, type Placing, sortedBy } from './placing.ts';
import { forEach, type Steps } from './steps.ts';

type Line<Key extends keyof ReportHappenings> = Omit<ReportHappenings[Key][number], 'at'>;

/** Incidents with their cause, and how available core was (CORE-1). */
export interface Failures {
  readonly of: (where: Place) => Pick<ReportHappenings, 'incidents' | 'availability'>;
  readonly state: Pick<ReportState, 'incidents'>;
}

export function* foldFailures(entries: readonly Entry[], place: Placing): Steps<Failures> {
  const open = new Map<string, Line<'incidents'>>();
  const incidents = gathering<Line<'incidents'>>(place);
  const availability = gathering<Line<'availability'>>(place);
  yield* forEach(entries, (entry) => {
    switch (entry.type) {
      case 'source.read':
        open.clear();
        break;
      case 'incident.opened':
      case 'incident.changed':
      case 'incident.reopened':
        open.set(idIn(entry), incidentIn(entry));
        break;
      case 'incident.closed': {
        open.delete(idIn(entry));
        const { lasted_s, approximate, merged_into } = entry.data;
        // The incident that it was merged into is reported.
        if (merged_into !== undefined) break;
        const lasted = { ...(lasted_s !== undefined && { lasted_s }), ...(approximate && { approximate }) };
        incidents.add(entry, { ...incidentIn(entry), ...lasted });
        break;
      }
      case 'availability.month':
        availability.add(entry, entry.data);
        break;
    }
  });
  return {
    of: (where) => ({
      incidents: lastOfEach(incidents.of(where), open),
      availability: availability.of(where),
    }),
    state: { incidents: sortedBy(open.values(), ({ since, incident }) => `${since} ${incident}`) },
  };
}

/**
 * One line an incident: one that was reopened lasted from its first beginning, as its last closing says; one that is open again at the end is among those
 * that go on.
 */
function lastOfEach(
  lines: ReportHappenings['incidents'],
  open: ReadonlyMap<string, unknown>,
): ReportHappenings['incidents'] {
  const last = new Map(lines.map((line) => [line.incident, line]));
  return lines.filter((line) => last.get(line.incident) === line && !open.has(line.incident));
}

function incidentIn(
  entry: EntryOf<'incident.opened' | 'incident.changed' | 'incident.reopened' | 'incident.closed'>,
): Line<'incidents'> {
  const { root, since, core, outage, things } = entry.data;
  return { incident: idIn(entry), root, since, core, outage, things: [...things] };
}

interface Cut {
  readonly ups: readonly string[];
  readonly since: number;
  readonly until: number;
}

/** Power cuts as UPSes saw them: what several saw at once is one. */
export interface PowerCuts {
  readonly of: (where: Place) => Pick<ReportHappenings, 'cuts' | 'batteries'>;
  readonly state: Pick<ReportState, 'cuts' | 'worn'>;
}

export function* foldPower(entries: readonly Entry[], place: Placing): Steps<PowerCuts> {
  const since = new Map<string, number>();
  const worn = new Set<string>();
  const batteries = gathering<Line<'batteries'>>(place);
  const over: Record<Place, Cut[]> = { happened: [], late: [] };
  yield* forEach(entries, (entry) => {
    const ups = idIn(entry);
    if (entry.type === 'source.read') {
      since.clear();
      worn.clear();
    } else if (entry.type === 'ups.on-battery') since.set(ups, Date.parse(entry.data.since));
    else if (entry.type === 'ups.on-mains') {
      const { lasted_s } = entry.data;
      const began = since.get(ups) ?? (lasted_s === undefined ? undefined : entry.time - lasted_s * 1000);
      since.delete(ups);
      const where = place(entry);
      if (where !== undefined && began !== undefined)
        over[where].push({ ups: [ups], since: began, until: entry.time });
    } else if (entry.type === 'ups.replace-battery' && !worn.has(ups)) {
      worn.add(ups);
      batteries.add(entry, { ups, what: 'worn' });
    } else if (entry.type === 'ups.battery-replaced' && worn.delete(ups))
      batteries.add(entry, { ups, what: 'replaced' });
  });
  const ongoing = merged(
    [...since].map(([ups, at]) => ({ ups: [ups], since: at, until: Number.POSITIVE_INFINITY })),
  );
  return {
    of: (where) => ({
      cuts: merged(over[where]).map(({ ups, since, until }) => ({
        at: iso(until),
        ups: [...ups],
        since: iso(since),
        lasted_s: Math.round((until - since) / 1000),
      })),
      batteries: batteries.of(where),
    }),
    state: {
      cuts: ongoing.map(({ ups, since }) => ({ ups: [...ups], since: iso(since) })),
      worn: sortedBy(worn, (ups) => ups),
    },
  };
}

/** Those that overlap as one: from the first beginning to the last end. */
function merged(cuts: readonly Cut[]): Cut[] {
  const found: Cut[] = [];
  for (const cut of cuts.toSorted((one, other) => one.since - other.since)) {
    const last = found.at(-1);
    if (last && cut.since <= last.until) {
      found[found.length - 1] = {
        ups: sortedBy(new Set([...last.ups, ...cut.ups]), (ups) => ups),
        since: last.since,
        until: Math.max(last.until, cut.until),
      };
    } else found.push(cut);
  }
  return found;
}
