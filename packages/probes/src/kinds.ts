import type { ProbeKind, ProbeOf, ProbeSettings } from '@huismeester/contracts';
import { lookOf } from './attempt.ts';
import { command } from './kinds/command.ts';
import { dns } from './kinds/dns.ts';
import { http } from './kinds/http.ts';
import { ldap } from './kinds/ldap.ts';
import { mqtt } from './kinds/mqtt.ts';
import { ping } from './kinds/ping.ts';
import { radius } from './kinds/radius.ts';
import { tcp } from './kinds/tcp.ts';
import { uplink } from './kinds/uplink.ts';
import type { Probe, ProbeAround, ProbeMaker } from './look.ts';

type SettingsBy = { [Kind in ProbeKind]: ProbeOf<Kind> };
type Makers = { [Kind in ProbeKind]: ProbeMaker<SettingsBy[Kind]> };

/** A new kind is a schema in the settings of contracts' netwatch, a file in kinds/ and a line here. */
const makers: Makers = { command, dns, http, ldap, mqtt, ping, radius, tcp, uplink };

function make<Kind extends ProbeKind>(kind: Kind, settings: SettingsBy[Kind], around: ProbeAround): Probe {
  return makers[kind](settings, around);
}

/**
 * A probe of any kind; each call of it is one look. With settings that pass their schema and cannot be used all the same, such as a filter
 * that is none, every look is unknown and says so.
 */
export function createProbe(settings: ProbeSettings, around: ProbeAround): Probe {
  try {
    return make(settings.kind, settings, around);
  } catch (error) {
    const look = lookOf(error);
    return async () => look;
  }
}
