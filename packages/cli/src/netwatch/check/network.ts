import type { SpaceSettings } from '@huismeester/contracts';
import type { Finding } from '../../check/finding.ts';
import { checkDependencies, portsNeeded } from './dependencies.ts';
import { checkProbe } from './probe.ts';
import { checkSwitch } from './switch.ts';
import { checkTraps } from './traps.ts';

/** Looks once at each service and each switch, and at whether traps could come in; changes nothing. */
export async function checkNetwork(settings: SpaceSettings): Promise<Finding[]> {
  const findings = await Promise.all([
    ...settings.switches.map((each) => checkSwitch(each, portsNeeded(settings, each.id))),
    checkTraps(settings.traps),
    ...settings.probes.map((probe) => checkProbe(probe, new Date())),
    checkDependencies(settings),
  ]);
  return findings.flat();
}
