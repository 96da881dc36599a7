import type { SentencesOf } from '../wording.ts';
import { duur, modes, stages, wishes } from '../wording-nl.ts';
import type { events } from './events.ts';
import { reasonIn } from './reasons/index.ts';

/** What each event says, in Dutch. */
export const nl: SentencesOf<typeof events>['nl'] = {
  'desired-state.decided': ({ target, state, clause, mode, ...why }, at) =>
    `${named(target)} ${wishes[state]} (${clause}, ${modes[mode]}): ${reasonIn('nl', why, at)}`,
  'desired-state.rehearsed': ({ target, state, clause, ...why }, at) =>
    `als ${clause} op scherp stond: ${named(target)} ${wishes[state]}: ${reasonIn('nl', why, at)}`,
  'node-state.decided': ({ node, state, clause, mode, ...why }, at) =>
    `node ${node} ${wishes[state]} (${clause}, ${modes[mode]}): ${reasonIn('nl', why, at)}`,
  'hold.placed': ({ target, until, because }, at) =>
    isPowered(target)
      ? `${named(target)} wordt met rust gelaten tot ${at(until)}: ${because}`
      : `${target} staat on hold tot ${at(until)}: ${because}`,
  'hold.released': ({ target, how }) => {
    if (!isPowered(target)) return `${target} staat niet meer on hold`;
    return how === 'ended'
      ? `de tijd dat ${named(target)} met rust gelaten werd is om`
      : `${named(target)} is weer vrijgegeven`;
  },
  'violation.opened': ({ about, clause, ...why }, at) =>
    `${named(about)} is niet zoals ${clause} het wil: ${reasonIn('nl', why, at)}`,
  'violation.closed': ({ violation }) => `overtreding ${violation} is voorbij`,
  'violation.accepted': ({ violation, until, because }, at) =>
    `overtreding ${violation} wordt gedoogd tot ${at(until)}: ${because}`,
  'violation.acceptance-ended': ({ violation }) => `overtreding ${violation} wordt niet meer gedoogd`,
  'outage.began': ({ ups }) => `bij UPS ${ups} is een stroomstoring begonnen`,
  'outage.stage-entered': ({ ups, stage, because: reason, ...why }, at) =>
    `de stroomstoring bij UPS ${ups} is in fase ${stages[stage]}: ${reasonIn('nl', { reason, ...why }, at)}`,
  'outage.ended': ({ ups, lasted_s }) => `de stroomstoring bij UPS ${ups} is voorbij, na ${duur(lasted_s)}`,
  'clock.jumped': ({ why, by_s }) =>
    `de klok is niet te vertrouwen: hij ${why === 'jumped' ? 'is versprongen' : 'staat vóór de nieuwste gebeurtenis'} (${by_s} s); er verloopt niets tot huismeester clock accept`,
  'clock.accepted': () => 'de klok is goedgekeurd',
  'notice.sent': ({ kind, about, person }) =>
    `bericht ${kind} over ${about} is gemaild aan persoon ${person}`,
  'notice.failed': ({ kind, about, person, because, code }) =>
    `bericht ${kind} over ${about} aan persoon ${person} is niet aangekomen: ${failures[because]}${code === undefined ? '' : ` (${code})`}`,
  'report.made': ({ report }) => `het verslag ${report} aan het bestuur is gemaakt`,
  'report.delivered': ({ report, to }) => `het verslag ${report} is gemaild aan ${recipient(to)}`,
  'report.failed': ({ report, to, because, code }) =>
    `het verslag ${report} aan ${recipient(to)} is niet aangekomen: ${failures[because]}${code === undefined ? '' : ` (${code})`}`,
  'report.forwarded': ({ report }) => `het verslag ${report} is doorgestuurd aan de rest van het bestuur`,
  'advice.written': ({ title }) => `advies aan het bestuur opgeschreven: ${title}`,
  'advice.changed': ({ title }) => `advies aan het bestuur aangepast: ${title}`,
  'advice.given': ({ advice }) => `advies ${advice} is aan het bestuur gegeven`,
  'advice.answered': ({ advice, answer }) => `het bestuur antwoordde op advies ${advice}: ${answer}`,
  'advice.withdrawn': ({ advice }) => `advies ${advice} is ingetrokken`,
  'rule.mode-changed': ({ rule, clause, mode }) =>
    `regel ${rule}/${clause} staat ${mode === 'enforce' ? 'op scherp' : 'in dry-run'}`,
};

const failures = {
  refused: 'de mailserver weigert deze persoon',
  'no-address': 'er is geen bruikbaar adres',
  'gave-up': 'de mailserver weigerde het een dag lang',
} as const;

const recipient = (to: string) => (to === 'board' ? 'het adres van het bestuur' : `persoon ${to}`);

/** Of anything else, such as a probe, a hold only makes failures planned. */
const isPowered = (target: string) => /^(vm|node)\//.test(target);

/** A power target as people call it. */
function named(target: string): string {
  return target.replace(/^vm\//, 'VM ').replace(/^node\//, 'node ');
}
