import { lengthOf, type SentencesOf } from '../wording.ts';
import type { events } from './events.ts';
import { reasonIn } from './reasons/index.ts';

const states = { running: 'running', stopped: 'stopped', 'hands-off': 'left as it is' } as const;

/** What each event says, in English. */
export const en: SentencesOf<typeof events>['en'] = {
  'desired-state.decided': ({ target, state, clause, mode, ...why }, at) =>
    `${named(target)} is to be ${states[state]} (${clause}, ${mode}): ${reasonIn('en', why, at)}`,
  'desired-state.rehearsed': ({ target, state, clause, ...why }, at) =>
    `if ${clause} was armed, ${named(target)} would have to be ${states[state]}: ${reasonIn('en', why, at)}`,
  'node-state.decided': ({ node, state, clause, mode, ...why }, at) =>
    `node ${node} is to be ${states[state]} (${clause}, ${mode}): ${reasonIn('en', why, at)}`,
  'hold.placed': ({ target, until, because }, at) =>
    `${named(target)} was put on hold until ${at(until)}: ${because}`,
  'hold.released': ({ target, how }) =>
    `a hold on ${named(target)} ${how === 'ended' ? 'ended' : 'was released'}`,
  'violation.opened': ({ about, clause, ...why }, at) =>
    `${named(about)} is not as ${clause} wants it: ${reasonIn('en', why, at)}`,
  'violation.closed': ({ violation }) => `violation ${violation} is over`,
  'violation.accepted': ({ violation, until, because }, at) =>
    `violation ${violation} is accepted until ${at(until)}: ${because}`,
  'violation.acceptance-ended': ({ violation }) => `violation ${violation} is not accepted any more`,
  'outage.began': ({ ups }) => `a power cut began at UPS ${ups}`,
  'outage.stage-entered': ({ ups, stage, because: reason, ...why }, at) =>
    `the power cut at UPS ${ups} is at ${stage}: ${reasonIn('en', { reason, ...why }, at)}`,
  'outage.ended': ({ ups, lasted_s }) => `the power cut at UPS ${ups} ended after ${lengthOf(lasted_s)}`,
  'clock.jumped': ({ why, by_s }) =>
    `the clock is not believed: it ${why === 'jumped' ? 'jumped' : 'stands before the newest event'} (${by_s} s); nothing expires until huismeester clock accept`,
  'clock.accepted': () => 'the clock was accepted',
  'notice.sent': ({ kind, about, person }) => `notice ${kind} about ${about} was mailed to person ${person}`,
  'notice.failed': ({ kind, about, person, because, code }) =>
    `notice ${kind} about ${about} did not reach person ${person}: ${failures[because]}${code === undefined ? '' : ` (${code})`}`,
  'report.made': ({ report }) => `report ${report} to the board was made`,
  'report.delivered': ({ report, to }) => `report ${report} was mailed to ${recipient(to)}`,
  'report.failed': ({ report, to, because, code }) =>
    `report ${report} did not reach ${recipient(to)}: ${failures[because]}${code === undefined ? '' : ` (${code})`}`,
  'report.forwarded': ({ report }) => `report ${report} was passed on to the rest of the board`,
  'advice.written': ({ title }) => `advice to the board was written down: ${title}`,
  'advice.changed': ({ title }) => `advice to the board was changed: ${title}`,
  'advice.given': ({ advice }) => `advice ${advice} was given to the board`,
  'advice.answered': ({ advice, answer }) => `the board answered advice ${advice}: ${answer}`,
  'advice.withdrawn': ({ advice }) => `advice ${advice} was withdrawn`,
  'rule.mode-changed': ({ rule, clause, mode }) => `${rule}/${clause} is in ${mode}`,
};

const recipient = (to: string) => (to === 'board' ? 'the address of the board' : `person ${to}`);

/** A power target as people call it. */
function named(target: string): string {
  return target.replace(/^vm\//, 'VM ').replace(/^node\//, 'node ');
}

const failures = {
  refused: 'the mail server refuses this person',
  'no-address': 'there is no address that can be used',
  'gave-up': 'the mail server refused it for a day',
} as const;
