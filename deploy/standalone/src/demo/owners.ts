import { PersonResource, page, VmOwner } from '@huismeester/contracts';
import { Value } from 'typebox/value';
import { withLocalApi } from './local-api.ts';
import { untilDone } from './until-done.ts';

/** Who gives a VM to whom; one that is not accepted waits for that person. */
const gifts = [
  { vm: '123', by: 'mira', to: 'daan', accepted: true },
  { vm: '120', by: 'mira', to: 'lisa', accepted: false },
] as const;

const People = page(PersonResource);

/**
 * Gives participants of the demo what is theirs, as people would over the local socket: daan has the VM that is off, and another waits for lisa. The
 * others are unclaimed: none goes off by itself, so that a power cut always finds them. Once a VM has an owner, or is offered, it is left as it is.
 */
export function giveVms(socketPath: string): { close(): Promise<void> } {
  return untilDone(() =>
    withLocalApi(socketPath, async (ask) => {
      const { results: people } = Value.Parse(People, await ask('GET', '/people'));
      for (const { vm, by, to, accepted } of gifts) {
        const path = `/vms/${vm}/owner`;
        const { owner, offer } = Value.Parse(VmOwner, await ask('GET', path));
        if (owner !== undefined) continue;
        const person = people.find(({ uid }) => uid === to)?.id;
        if (offer === undefined) await ask('POST', path, { person }, by);
        if (accepted) await ask('POST', `${path}/acceptance`, {}, to);
      }
    }),
  );
}
