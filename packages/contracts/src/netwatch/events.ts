import { Type } from 'typebox';
import { described, event, like, publicEvent } from '../define.ts';
import { Seconds, ThingId, Timestamp } from '../words.ts';
import {
  CertificateFault,
  ExpiryStage,
  IncidentId,
  LookReason,
  Member,
  PortId,
  ProbeId,
  SwitchId,
  ThingState,
} from './things.ts';

const maybe = Type.Optional;
const count = (description: string, example: number) =>
  Type.Integer({ minimum: 0, description, examples: [example] });

/** How long it was down; `approximate` when the clock jumped meanwhile. */
const lasted = {
  lasted_s: maybe(like(Seconds, 310)),
  approximate: maybe(
    Type.Boolean({ description: 'The clock jumped meanwhile: the length is not exact', examples: [true] }),
  ),
};

/** What others say in an answer is not repeated at length, and a secret never. */
const Detail = maybe(Type.String({ maxLength: 100, description: 'In a few words', examples: ['503'] }));

const port = { switch: SwitchId, port: PortId };
const flaps = {
  changes: count('Between up and down, look to look', 6),
  within_s: like(Seconds, 600),
};

const incident = {
  incident: IncidentId,
  root: like(ThingId, 'switch/sw1'),
  since: Timestamp,
  core: Type.Boolean({ description: 'Whether a core thing is down', examples: [true] }),
  outage: Type.Boolean({ description: 'Whether a power cut explains it', examples: [false] }),
  members: Type.Array(Member),
  others: Type.Array(ThingId, {
    description: 'What else failed that would explain it; the root failed first',
  }),
};

/**
 * netwatch's events; subjects `probe/<id>`, `switch/<id>`, `port/<switch>/<port>`, `certificate/<probe>`, `incident/<id>` and
 * `vantage/main`. All public: nothing in them names a person.
 */
export const events = {
  'probe.down': publicEvent(
    'A service fails, and nothing else that we know of explains it',
    Type.Object({ probe: ProbeId, since: Timestamp, reason: LookReason, detail: Detail }),
  ),
  'probe.up': publicEvent(
    'A service answers: at first, or again',
    Type.Object({ probe: ProbeId, since: Timestamp, ...lasted }),
  ),
  'probe.degraded': publicEvent(
    'A service answers, but slowly or with a defect',
    Type.Object({
      probe: ProbeId,
      since: Timestamp,
      defect: Type.Enum(['slow', 'one-family', 'command', 'certificate', 'few-targets'] as const, {
        examples: ['slow'],
      }),
      median_ms: maybe(Type.Number({ minimum: 0, description: 'Of the last 5 looks, ms', examples: [3100] })),
    }),
  ),
  'probe.recovered': publicEvent(
    'A service is no longer degraded',
    Type.Object({ probe: ProbeId, ...lasted }),
  ),
  'probe.flapping': publicEvent(
    'A service goes up and down; nothing more is said of that until it is stable',
    Type.Object({ probe: ProbeId, ...flaps }),
  ),
  'probe.stable': publicEvent(
    'A service that was flapping did not change for 10 min',
    Type.Object({ probe: ProbeId, state: ThingState }),
  ),
  'certificate.expiring': publicEvent(
    'A certificate ends soon: 20 %, 10 % or 3 % of its lifetime is left',
    Type.Object({
      probe: ProbeId,
      stage: ExpiryStage,
      until: Timestamp,
      left_d: Type.Number({ description: 'days', examples: [14] }),
    }),
  ),
  'certificate.invalid': publicEvent(
    'A certificate does not verify',
    Type.Object({ probe: ProbeId, fault: CertificateFault }),
  ),
  'certificate.renewed': publicEvent(
    'A certificate that was expiring or invalid was replaced by a good one',
    Type.Object({ probe: ProbeId, until: Timestamp }),
  ),
  'vantage.lost': publicEvent(
    'No other machine answers us any more: the fault is on our side, and everything is unknown',
    Type.Object({ since: Timestamp, asked: count('Machines that were asked and did not answer', 7) }),
  ),
  'vantage.regained': publicEvent(
    'Another machine answers again; everything is looked at anew',
    Type.Object({ ...lasted }),
  ),
  'incident.opened': publicEvent('Something failed, with what fails because of it', Type.Object(incident)),
  'incident.changed': publicEvent(
    'An incident has another root, or other members, than was said before',
    Type.Object(incident),
  ),
  'incident.reopened': publicEvent(
    'The root of an incident failed again within 10 min: it is the same incident',
    Type.Object(incident),
  ),
  'incident.closed': publicEvent(
    'All members of an incident are back',
    Type.Object({
      ...incident,
      until: Timestamp,
      ...lasted,
      merged_into: maybe(described(IncidentId, 'It turned out to be part of this incident')),
    }),
  ),
  'switch.unreachable': publicEvent(
    'A switch does not answer, or nothing that can be understood; of its ports nothing is known',
    Type.Object({ switch: SwitchId, since: Timestamp, error: like(LookReason, 'no-answer') }),
  ),
  'switch.reachable': publicEvent(
    'A switch answers: at first, or again',
    Type.Object({ switch: SwitchId, since: Timestamp, ...lasted }),
  ),
  'switch.refused': publicEvent(
    'A switch answers, but refuses our user or password; of its ports nothing is known',
    Type.Object({ switch: SwitchId, since: Timestamp }),
  ),
  'switch.restarted': publicEvent(
    'A switch restarted; for 2 min only ports that end up different are reported',
    Type.Object({ switch: SwitchId, uptime_s: Seconds }),
  ),
  'port.down': publicEvent('A port lost its link', Type.Object({ ...port, since: Timestamp })),
  'port.up': publicEvent('A port has its link again', Type.Object({ ...port, since: Timestamp, ...lasted })),
  'port.flapping': publicEvent(
    'A port goes up and down; nothing more is said of that until it is stable',
    Type.Object({ ...port, ...flaps }),
  ),
  'port.stable': publicEvent(
    'A port that was flapping did not change for 10 min',
    Type.Object({ ...port, state: ThingState }),
  ),
  'port.speed-changed': publicEvent(
    'A port runs at another speed than before',
    Type.Object({
      ...port,
      from_bps: Type.Integer({ minimum: 0, examples: [1000000000] }),
      to_bps: Type.Integer({ minimum: 0, examples: [100000000] }),
    }),
  ),
  'port.errors-rising': publicEvent(
    'More than 1 in 1,000 packets of a port are in error, and more than 100 in 5 min; at most once a day',
    Type.Object({ ...port, errors: count('In 5 min', 240), packets: count('In 5 min', 81_000) }),
  ),
  'availability.month': event(
    'How available a core thing was in the month before',
    Type.Object({
      thing: ThingId,
      month: Type.String({ pattern: '^\\d{4}-\\d{2}$', examples: ['2026-11'] }),
      availability_ratio: maybe(Type.Number({ minimum: 0, maximum: 1, examples: [0.9987] })),
      coverage_ratio: Type.Number({ minimum: 0, maximum: 1, examples: [0.99] }),
      down_s: like(Seconds, 3100),
    }),
    { audience: 'public' },
  ),
};

export const aggregates = {
  probe: { probe: ProbeId },
  certificate: { probe: ProbeId },
  vantage: 'main',
  incident: { incident: IncidentId },
  switch: { switch: SwitchId },
  port,
  availability: 'main',
};
