import { createLoop } from '@huismeester/clock';
import { PersonResource, page, VmOwner } from '@huismeester/contracts';
import { Value } from 'typebox/value';
import { Client } from 'undici';

/** Who gives a VM to whom; one that is not accepted waits for that person. */
const gifts = [
  { vm: '123', by: 'mira', to: 'daan', accepted: true },
  { vm: '120', by: 'mira', to: 'lisa', accepted: false },
] as const;

const People = page(PersonResource);

/** Until all of them have theirs: neither people nor VMs are known at once after the start. */
const everyMs = 1_000;
const never = 2 ** 31 - 1;

/**
 * Gives participants of the demo what is theirs, as people would over the local socket: daan has the VM that is off, and another waits for lisa. The
 * others are unclaimed: none goes off by itself, so that a power cut always finds them. Once a VM has an owner, or is offered, it is left as it is.
 */
export function giveVms(socketPath: string): { close(): Promise<void> } {
  let given = false;
  const loop = createLoop({
    pass: async () => {
      if (!given) given = await giveAll(socketPath);
      return given ? never : everyMs;
    },
    everyMs: never,
    // What is not known yet is refused, and asked again.
    onError: () => undefined,
    backoff: { firstMs: everyMs, longestMs: everyMs },
  });
  loop.start();
  return loop;
}

/** Throws while something of it is not known yet. */
async function giveAll(socketPath: string): Promise<true> {
  const client = new Client('http://localhost', { socketPath });
  const ask = async (method: 'GET' | 'POST', path: string, body: object = {}, as?: string) => {
    const answer = await client.request({
      method,
      path: `/api/v1${path}`,
      headers: { 'content-type': 'application/json', ...(as !== undefined && { 'act-as': as }) },
      body: method === 'GET' ? null : JSON.stringify(body),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
    return JSON.parse(text) as unknown;
  };
  try {
    const { results: people } = Value.Parse(People, await ask('GET', '/people'));
    for (const { vm, by, to, accepted } of gifts) {
      const path = `/vms/${vm}/owner`;
      const { owner, offer } = Value.Parse(VmOwner, await ask('GET', path));
      if (owner !== undefined) continue;
      const person = people.find(({ uid }) => uid === to)?.id;
      if (offer === undefined) await ask('POST', path, { person }, by);
      if (accepted) await ask('POST', `${path}/acceptance`, {}, to);
    }
    return true;
  } finally {
    await client.close();
  }
}
