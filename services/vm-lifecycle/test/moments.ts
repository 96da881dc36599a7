import { setTimeout } from 'node:timers/promises';

/** The process ends here: nothing that is in memory is left, and nothing is caught. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/**
 * Ends the process at a moment at which it could, before or after each call to Proxmox and each commit: the nth, or the first of this name,
 * such as `after clone`. How many are `passed` depends on the machine, since each poll has some; `names` are those, in their order.
 */
export function killAt(which: number | string) {
  const names: string[] = [];
  const moment = (name: string) => {
    names.push(name);
    if (names.length === which || name === which) throw new Killed();
  };
  const around = async <T>(work: () => Promise<T>, name: string): Promise<T> => {
    moment(`before ${name}`);
    const answer = await work();
    moment(`after ${name}`);
    return answer;
  };
  return {
    around,
    names,
    get passed() {
      return names.length;
    },
  };
}

/** Stays for ever at the nth such moment, and says so, until the process is killed from outside. */
export function stayAt(nth: number, says: (text: string) => void) {
  let passed = 0;
  const moment = async () => {
    passed += 1;
    if (passed !== nth) return;
    says(`stays at ${nth}`);
    for (;;) await setTimeout(60_000);
  };
  return {
    async around<T>(work: () => Promise<T>): Promise<T> {
      await moment();
      const answer = await work();
      await moment();
      return answer;
    },
    get passed() {
      return passed;
    },
  };
}

/** The same thing, with such a moment around each call of these methods; of all, if `names` is undefined. */
export function aroundEach<T extends object>(
  target: T,
  names: ReadonlySet<string> | undefined,
  { around }: { readonly around: <A>(work: () => Promise<A>, name: string) => Promise<A> },
): T {
  return new Proxy(target, {
    get(of, name) {
      const value: unknown = Reflect.get(of, name);
      if (typeof value !== 'function' || name === 'close' || name === 'taken') return value;
      if (names !== undefined && !names.has(String(name))) return value.bind(of);
      return (...args: unknown[]) => around(async () => value.apply(of, args), String(name));
    },
  });
}
