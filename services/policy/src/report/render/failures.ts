import type { ReportData, ReportHappenings } from '@huismeester/contracts';
import { type Block, list, type Section, text } from './document.ts';
import { capital, count, lasting, percent, together, type Wording } from './wording.ts';

type Incident = ReportHappenings['incidents'][number];
type Cut = ReportHappenings['cuts'][number];

/** Incidents of core, power cuts and batteries, one line each. */
export function failureLines(
  { incidents, cuts, batteries }: Pick<ReportHappenings, 'incidents' | 'cuts' | 'batteries'>,
  words: Wording,
): string[] {
  return [
    ...incidents
      .filter(({ core }) => core)
      .map((each) => `Storing in core-infra. ${incidentLine(each, words)}`),
    ...cuts.map((each) => `De stroom viel uit: ${cutLine(each, words)}`),
    ...batteries.map(({ at, ups, what }) =>
      what === 'worn'
        ? `UPS ${ups} vraagt sinds ${words.day(at)} om een nieuwe accu.`
        : `De accu van UPS ${ups} is vervangen (${words.day(at)}).`,
    ),
  ];
}

export function failureSection(data: ReportData, words: Wording): Section {
  const { incidents, cuts, batteries, availability } = data.happened;
  const { incidents: open, cuts: ongoing, worn } = data.state;
  const failed = [...ofIncidents(incidents, open, words), ...ofCuts(cuts, ongoing, words)];
  const ofBatteries = list(
    [
      ...failureLines({ incidents: [], cuts: [], batteries }, words),
      ...worn
        .filter((ups) => !batteries.some((each) => each.ups === ups && each.what === 'worn'))
        .map((ups) => `UPS ${ups} vraagt nog steeds om een nieuwe accu.`),
    ],
    'Accu’s:',
  );
  const calm =
    ofBatteries.length === 0
      ? 'Niets bijzonders: er waren geen storingen en de stroom viel niet uit.'
      : 'Er waren geen storingen en de stroom viel niet uit.';
  return {
    title: 'Storingen en stroom',
    blocks: [
      ...(failed.length === 0 ? [text(calm)] : failed),
      ...ofBatteries,
      ...available(availability, words),
    ],
  };
}

function ofIncidents(
  incidents: readonly Incident[],
  open: ReportData['state']['incidents'],
  words: Wording,
): Block[] {
  if (incidents.length + open.length === 0) return [];
  const core = incidents.filter((each) => each.core);
  const other = incidents.length - core.length;
  const blocks: Block[] = [];
  if (incidents.length > 0) {
    const were = incidents.length === 1 ? 'was' : 'waren';
    const ofCore = core.length === 0 ? 'niet in core-infra' : `${core.length} daarvan in core-infra`;
    const where = other === 0 ? 'in core-infra' : ofCore;
    blocks.push(
      text(`Er ${were} ${count(incidents.length, 'storing', 'storingen')}, ${where}. ${total(incidents)}`),
    );
  }
  blocks.push(...list(core.map((each) => incidentLine(each, words))));
  blocks.push(
    ...list(
      open.map(
        (each) => `${subjectOf(each, words)}: sinds ${words.moment(each.since)}. ${cause(each, words)}`,
      ),
      'Aan het eind van deze periode nog niet voorbij:',
    ),
  );
  return blocks;
}

function total(incidents: readonly Incident[]): string {
  const seconds = incidents.reduce((sum, { lasted_s = 0 }) => sum + lasted_s, 0);
  return incidents.length === 1
    ? `Die duurde ${lasting(seconds)}.`
    : `Bij elkaar duurden ze ${lasting(seconds)}.`;
}

function incidentLine(incident: Incident, words: Wording): string {
  const { at, since, lasted_s, approximate } = incident;
  const length =
    lasted_s === undefined ? '' : ` (${approximate === true ? 'ongeveer ' : ''}${lasting(lasted_s)})`;
  return `${subjectOf(incident, words)}: ${words.span(since, at)}${length}.${words.clockChange(since, at)} ${cause(incident, words)}`;
}

/** What was down: the core things, else what failed first. */
function subjectOf({ root, things }: Pick<Incident, 'root' | 'things'>, { thing }: Wording): string {
  return capital(together((things.length === 0 ? [root] : things).map(thing)));
}

function cause(
  { root, outage, things }: Pick<Incident, 'root' | 'outage' | 'things'>,
  words: Wording,
): string {
  if (outage) return 'Oorzaak: de stroom viel uit.';
  const itself = things.length === 0 || things.includes(root);
  return itself ? 'Er is geen andere oorzaak gevonden.' : `Oorzaak: ${words.thing(root)} deed het niet.`;
}

function ofCuts(cuts: readonly Cut[], ongoing: ReportData['state']['cuts'], words: Wording): Block[] {
  const seconds = cuts.reduce((sum, { lasted_s = 0 }) => sum + lasted_s, 0);
  const often = cuts.length === 1 ? 'één keer' : `${cuts.length} keer`;
  const all = cuts.length === 1 ? '' : `, bij elkaar ${lasting(seconds)}`;
  return [
    ...list(
      cuts.map((each) => cutLine(each, words)),
      `De stroom viel ${often} uit${all}:`,
    ),
    ...list(
      ongoing.map(
        ({ ups, since }) =>
          `De stroom is uit sinds ${words.moment(since)}, bij ${upses(ups)}. Dat duurt nog.`,
      ),
    ),
  ];
}

function cutLine({ at, ups, since, lasted_s }: Cut, words: Wording): string {
  const length = lasted_s === undefined ? '' : ` (${lasting(lasted_s)})`;
  return `${words.span(since, at)}${length}, bij ${upses(ups)}.`;
}

const upses = (ups: readonly string[]): string => together(ups.map((each) => `UPS ${each}`));

function available(all: ReportHappenings['availability'], words: Wording): Block[] {
  if (all.length === 0)
    return [text('Hoe vaak core-infra beschikbaar was, is over deze periode nog niet bekend.')];
  return list(availabilityLines(all, words), 'Zo vaak was core-infra beschikbaar:');
}

export function availabilityLines(all: ReportHappenings['availability'], { thing }: Wording): string[] {
  return all.map(({ thing: subject, availability_ratio, coverage_ratio, down_s }) => {
    const name = capital(thing(subject));
    if (availability_ratio === undefined) return `${name}: niet gemeten.`;
    const down = down_s > 0 ? `, ${lasting(down_s)} niet beschikbaar` : '';
    const part = coverage_ratio < 0.99 ? ` Dat is gemeten over ${percent(coverage_ratio)} van de tijd.` : '';
    return `${name}: ${percent(availability_ratio)}${down}.${part}`;
  });
}
