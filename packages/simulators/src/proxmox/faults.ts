/** What can go wrong on purpose. Each fault waits for the next request that fits and is then used up. */
export interface Faults {
  /** The act is done, the connection is cut before the answer. */
  dropNextAnswer(method: string, path: RegExp): void;
  /** The act is not done; the answer is this status, or without one the connection is cut. */
  refuse(method: string, path: RegExp, answer?: { status: number; reason: string; times?: number }): void;
  /** The act is done at once; its answer comes this much later (real milliseconds, whatever the speed). */
  delay(method: string, path: RegExp, milliseconds: number): void;
  /**
   * The network is lost until `restore`: `cut` ends every connection at once, `silent` answers nothing. A request that is
   * still waited for by then is taken as arriving late; all others never arrived.
   */
  lose(how: 'cut' | 'silent'): void;
  restore(): void;
  /** Cuts every open connection. */
  disconnectAll(): void;
  /** Forgets the faults that were not used, and restores the network. */
  clear(): void;
}

export type Fault =
  | { kind: 'drop' }
  | { kind: 'cut' }
  | { kind: 'refuse'; status: number; reason: string }
  | { kind: 'delay'; milliseconds: number };

interface Armed {
  readonly method: string;
  readonly path: RegExp;
  readonly fault: Fault;
  left: number;
}

export interface ArmedFaults extends Faults {
  /** Takes the fault that is meant for this request, if there is one. */
  take(method: string, path: string): Fault | undefined;
  /** Whether a request reaches the server: resolves once the network lets it through, or never. */
  arrives(): boolean | Promise<boolean>;
}

/** How much later than the network what was on its way arrives, in real milliseconds. */
const retransmitMs = 50;

export function createFaults(disconnectAll: () => void): ArmedFaults {
  let armed: Armed[] = [];
  let lost: 'cut' | 'silent' | undefined;
  const waiting: ((arrives: boolean) => void)[] = [];
  const restore = (): void => {
    lost = undefined;
    const late = waiting.splice(0);
    // As by retransmission: whoever gave up meanwhile is known to have done so by then.
    setTimeout(() => {
      for (const letThrough of late) letThrough(true);
    }, retransmitMs);
  };
  const arm = (method: string, path: RegExp, fault: Fault, left = 1) => {
    armed.push({ method, path, fault, left });
  };
  return {
    disconnectAll,
    restore,
    lose(how) {
      lost = how;
      if (how === 'cut') disconnectAll();
    },
    clear: () => {
      armed = [];
      restore();
    },
    arrives() {
      if (lost !== 'silent') return lost === undefined;
      return new Promise((resolve) => {
        waiting.push(resolve);
      });
    },
    dropNextAnswer: (method, path) => arm(method, path, { kind: 'drop' }),
    delay: (method, path, milliseconds) => arm(method, path, { kind: 'delay', milliseconds }),
    refuse(method, path, answer) {
      if (!answer) arm(method, path, { kind: 'cut' });
      else arm(method, path, { kind: 'refuse', status: answer.status, reason: answer.reason }, answer.times);
    },
    take(method, path) {
      const found = armed.find((one) => one.method === method && one.path.test(path));
      if (found) found.left -= 1;
      armed = armed.filter((one) => one.left > 0);
      return found?.fault;
    },
  };
}
