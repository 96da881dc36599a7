import type { Misfit } from '../../define.ts';
import { needForm } from '../../words.ts';
import type { At, Needy } from './thing.ts';

/** What there is to depend on, by its ids. */
interface Known {
  readonly ups: readonly string[];
  readonly switch: readonly string[];
  readonly probe: readonly string[];
  readonly hypervisor: readonly string[];
  readonly node: readonly string[];
}

/** Whether everything that it needs is there, but for VMs and ports: which there are only Proxmox and the switches say. */
export function needs(each: Needy, at: At, known: Known): Misfit[] {
  const powered = (each.poweredBy ?? []).flatMap((id, index) =>
    id === undefined || known.ups.includes(id)
      ? []
      : [misfit(at('poweredBy', index), id, 'the id of a UPS', known.ups)],
  );
  const depends = (each.dependsOn ?? []).flatMap((need, index) =>
    Array.isArray(need)
      ? need.flatMap((one, place) => (one ? unknownThing(one, at('dependsOn', index, place), known) : []))
      : need
        ? unknownThing(need, at('dependsOn', index), known)
        : [],
  );
  return [...powered, ...depends];
}

function unknownThing(thing: string, path: (string | number)[], known: Known): Misfit[] {
  const [kind = '', id = '', ...rest] = thing.split('/');
  const form =
    kind === 'port' ? 'port/SWITCH/PORT' : `${kind}/${kind.toUpperCase()}, with nothing after that`;
  if (rest.length !== (kind === 'port' ? 1 : 0)) {
    return [{ path, found: `"${thing}"`, allowed: `a ${kind} as ${form}` }];
  }
  if (kind === 'vm') return [];
  if (kind === 'vantage') return [{ path, found: `"${thing}"`, allowed: needForm }];
  const of =
    {
      mains: known.ups,
      ups: known.ups,
      port: known.switch,
      switch: known.switch,
      probe: known.probe,
      hypervisor: known.hypervisor,
      node: known.node,
    }[kind] ?? [];
  if (of.includes(id)) return [];
  // Which ports a switch has is not known here: what is wrong is the name of the switch.
  const named = (name: string) => (kind === 'port' ? `port/${name}/…` : `${kind}/${name}`);
  const what = kind === 'ups' ? 'a UPS' : kind === 'mains' ? 'the mains of a UPS' : `a ${kind}`;
  return [misfit(path, thing, `${what} that settings name`, of.map(named), named(id))];
}

/** @param wrong what of it is compared with the names, to say which was meant */
function misfit(
  path: (string | number)[],
  given: string,
  allowed: string,
  names: readonly string[],
  wrong = given,
): Misfit {
  const found = `"${given}"`;
  return names.length === 0
    ? { path, found, allowed: `${allowed}; there is none` }
    : { path, found, allowed, among: { names, wrong } };
}
