import { type Static, Type } from 'typebox';
import { described, like } from '../define.ts';
import { Id, ThingId, Timestamp } from '../words.ts';

export const ProbeId = like(described(Id, 'Id of a probe, as in the settings'), 'website');
export const SwitchId = like(described(Id, 'Id of a switch, as in the settings'), 'sw1');
export const PortId = like(
  described(Id, 'Id of a port within its switch, made of its name once and kept for good'),
  'gi1-0-3',
);
export const IncidentId = like(described(Id, 'Number of an incident'), '17');

/** The switch of a port, as `switch/<id>`; undefined for all else. */
export function switchOfPort(thing: string): string | undefined {
  const [kind, id, port] = thing.split('/');
  return kind === 'port' && port !== undefined ? `switch/${id}` : undefined;
}

export const ThingState = Type.Enum(['up', 'down', 'unknown'] as const, {
  description: '`unknown`: it may be up or down, since what we look through has failed, or we cannot look',
  examples: ['down'],
});
export type ThingState = Static<typeof ThingState>;

/** Why a look at a service, or at a switch, found it failing. */
export const LookReason = Type.Enum(
  ['no-answer', 'refused', 'wrong-answer', 'wrong-secret', 'certificate', 'not-allowed-here'] as const,
  {
    description:
      '`refused`: it answers that it does not serve us; `wrong-secret`: it knows another password or shared secret; `not-allowed-here`: this machine may not look so, which says nothing of the service',
    examples: ['no-answer'],
  },
);
export type LookReason = Static<typeof LookReason>;

/** What is wrong with a certificate that does not verify. */
export const CertificateFault = Type.Enum(
  [
    'expired',
    'not-yet-valid',
    'wrong-name',
    'self-signed',
    'issuer-unknown',
    'intermediate-missing',
  ] as const,
  { examples: ['expired'] },
);
export type CertificateFault = Static<typeof CertificateFault>;

/** How near its end a certificate is: 20 %, 10 % and 3 % of its lifetime left, at most 30, 14 and 3 days. */
export const ExpiryStage = Type.Enum(['notice', 'warning', 'urgent'] as const, { examples: ['warning'] });
export type ExpiryStage = Static<typeof ExpiryStage>;

/** One thing of an incident, with its state. */
export const Member = Type.Object({
  thing: ThingId,
  state: ThingState,
  core: Type.Boolean({ description: 'Whether it is core (CORE-1)', examples: [true] }),
  since: Timestamp,
});
export type Member = Static<typeof Member>;
