import type { ProxmoxSimulator } from '@huismeester/simulators';
import { waitFor } from '@huismeester/testkit';
import { type Class, classes } from './classes.ts';
import type { LocalApi } from './local-api.ts';
import type { Logs } from './logs.ts';

/** Longer than anything that the settings of an estate make a power cut wait for. */
const longMs = 9_000;
/** Three looks. */
const briefMs = 1_500;
const stepWait = { timeoutMs: 100_000, everyMs: 200 };

/** Where a plot lies in its estate. */
export interface Place {
  /** The id of its UPS, and the name of its node. */
  readonly id: string;
  readonly vmids: { readonly [C in Class]: number };
  readonly mac: string;
}

/** What a row can do on its plot, and wait for. */
export interface Plot extends Place {
  readonly proxmox: ProxmoxSimulator;
  /** The id of its second UPS, where it has one. */
  readonly second: string;
  /** Sets a variable of its UPS (of the second where told), and waits until it is so. */
  set(variable: string, value: string, ups?: string): Promise<void>;
  /** `ups.status`. */
  status(words: string, ups?: string): Promise<void>;
  /** Waits until so many of these were said of its UPS: `on-battery` for `ups.on-battery`. */
  said(what: string, times?: number): Promise<void>;
  /** Waits until the power cut has entered this stage so many times. */
  stage(stage: string, times?: number): Promise<void>;
  /** Waits until Proxmox was asked for these; `asked('start', 'core')`. */
  asked(act: 'shutdown' | 'start', ...of: Class[]): Promise<void>;
  /** Waits until the guests of these classes are off, at Proxmox itself. */
  down(...of: Class[]): Promise<void>;
  /** Waits until they run; without classes: all. */
  up(...of: Class[]): Promise<void>;
  /** Waits for long enough that a look sees what is so now, and much shorter than any hold. */
  briefly(): Promise<void>;
  /** Waits for longer than any hold, so that whatever would follow has followed. */
  long(): Promise<void>;
  hold(of: Class): Promise<void>;
  /** Waits until its node is off. */
  nodeOff(): Promise<void>;
  /** Waits for a magic packet to its node, which then comes up. */
  wakes(): Promise<void>;
}

/** What all plots of an estate share. */
export interface Surroundings {
  readonly api: LocalApi;
  readonly logs: Logs;
  readonly proxmox: ProxmoxSimulator;
  /** The magic packets that were heard, in hex. */
  readonly packets: readonly string[];
  readonly set: (ups: string, variable: string, value: string) => Promise<void>;
}

/** The name of the nth plot: of its UPS and its node. */
export const plotId = (index: number): string => `p${String(index).padStart(2, '0')}`;

/** The name of a plot's second UPS. */
export const secondOf = (id: string): string => `${id}-b`;

export function plotAt(place: Place, { api, logs, proxmox, packets, set }: Surroundings): Plot {
  const { id, vmids, mac } = place;
  const wait = (what: string, happened: () => boolean | Promise<boolean>) =>
    waitFor(`${id}: ${what}`, happened, stepWait);
  const are = (status: 'running' | 'stopped', of: readonly Class[]) => () =>
    of.every((each) => proxmox.guest(vmids[each]).status === status);
  const wasAsked = (act: string, vmid: number) =>
    proxmox.requests.some(({ path }) => path.endsWith(`/${vmid}/status/${act}`));
  const passes = async (ms: number): Promise<void> => {
    const end = performance.now() + ms;
    await wait('more time', () => performance.now() > end);
  };
  const plot: Plot = {
    ...place,
    proxmox,
    second: secondOf(id),
    set: (variable, value, ups = id) => set(ups, variable, value),
    status: (words, ups = id) => set(ups, 'ups.status', words),
    async said(what, times = 1) {
      await wait(`${what} is said`, async () => {
        const events = await logs('ups-monitor');
        const fits = events.filter(({ subject, type }) => subject === `ups/${id}` && type === `ups.${what}`);
        return fits.length >= times;
      });
    },
    async stage(stage, times = 1) {
      await wait(`stage ${stage}`, async () => {
        const entered = (await logs('policy')).filter(({ type }) => type === 'outage.stage-entered');
        return entered.filter(({ data }) => data.ups === id && data.stage === stage).length >= times;
      });
    },
    async asked(act, ...of) {
      const all = () => of.every((each) => wasAsked(act, vmids[each]));
      await wait(`${act} of ${of.join(', ')}`, all);
    },
    async down(...of) {
      await wait(`${of.join(', ')} off`, are('stopped', of));
    },
    async up(...of) {
      const awaited = of.length > 0 ? of : classes;
      await wait(`${awaited.join(', ')} on`, are('running', awaited));
    },
    briefly: () => passes(briefMs),
    long: () => passes(longMs),
    async hold(of) {
      const body = { target: `vm/${vmids[of]}`, for: '1h', because: 'a new disk' };
      const status = await api.post('/api/v1/holds', body);
      if (status !== 201) throw new Error(`a hold was answered with ${status}`);
    },
    async nodeOff() {
      await wait('its node off', () => !proxmox.node(id).online);
    },
    async wakes() {
      const packet = `ffffffffffff${mac.replaceAll(':', '').toLowerCase().repeat(16)}`;
      await wait('a magic packet', () => packets.includes(packet));
      proxmox.setNodeOnline(id, true);
    },
  };
  return plot;
}
