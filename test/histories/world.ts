import type { PowerPass } from '@huismeester/policy/desired/pass';
import type { VmClass } from '@huismeester/policy/facts/vm';
import type { PolicySettings } from '@huismeester/policy/rules/settings';
import { Cores } from './cores.ts';
import { Proxmox, type Trouble } from './proxmox.ts';

/** One thing that happens, so long after the one before it. */
export interface Happening {
  readonly afterMs: number;
  readonly what:
    | { readonly is: 'cut' | 'back' | 'contact-lost' | 'contact' }
    | { readonly is: 'process-down' | 'unreachable'; readonly ms: number }
    | { readonly is: 'hold'; readonly vm: string; readonly ms: number }
    | { readonly is: 'move'; readonly vm: string; readonly to: string }
    | { readonly is: 'clock'; readonly ms: number }
    | { readonly is: 'trouble'; readonly trouble: Trouble }
    | { readonly is: 'person'; readonly vm: string; readonly starts: boolean };
}

export interface SpaceOptions {
  readonly settings: PolicySettings;
  readonly guests: readonly {
    readonly vm: string;
    readonly class: VmClass;
    readonly node: string;
    readonly shutdownMs: number;
    readonly running: boolean;
  }[];
  /** How long a full battery lasts, ms. */
  readonly batteryMs: number;
  readonly tellsRuntime: boolean;
  /** How much is left when the UPS says LB, ms; 0: it never does. */
  readonly lowMs: number;
}

const readingMs = 15_000;
const bootMs = 60_000;
/** A battery charges this much more slowly than it runs down. */
const chargingSlower = 4;

/** A space in memory, from fact to fact: UPS rack, its battery, Proxmox, and a process of policy and vm-lifecycle that may be down itself. */
export class World {
  now = 0;
  readonly proxmox = new Proxmox();
  readonly cores: Cores;
  /** Hears of each evaluation. */
  watch: (found: PowerPass) => void = () => {};
  readonly #options: SpaceOptions;
  readonly #ups: { onBattery: boolean; seen: boolean; dark: boolean } = {
    onBattery: false,
    seen: true,
    dark: false,
  };
  #left: number;
  #downUntil = 0;
  #readAt = 0;
  #bootAt = Number.POSITIVE_INFINITY;
  #clockAhead = 0;
  #said: { battery?: boolean; contact?: boolean; low?: boolean } = {};

  constructor(options: SpaceOptions) {
    this.#options = options;
    this.#left = options.batteryMs;
    this.cores = new Cores(options.settings, this.proxmox, (found) => this.watch(found));
    for (const { class: vmClass, ...guest } of options.guests) {
      this.proxmox.guests.set(guest.vm, { ...guest, crashed: false });
      const { vm, node, running } = guest;
      const found = { vm, hypervisor: 'pve', node, class: vmClass, vmid: 1, name: vm, pool: 'p', running };
      this.cores.vm('vm.found', { ...found, kind: 'qemu' }, 0);
    }
    this.#observe();
  }

  /** By the civil clock of all that is on the network, which may be set; `now` goes on evenly. */
  get #civil(): number {
    return this.now + this.#clockAhead;
  }

  play(happenings: readonly Happening[]): this {
    for (const { afterMs, what } of happenings) {
      this.pass(afterMs);
      this.#happen(what);
      this.#observe();
    }
    return this;
  }

  pass(ms: number): this {
    const until = this.now + ms;
    for (let steps = 0; ; steps += 1) {
      // What is due and stays due would be a process that spins.
      if (steps > 50_000) throw new Error(`more than 50 000 looks in ${ms / 1000} s`);
      const next = Math.max(this.now, Math.min(this.#nextAt(), until));
      this.#elapse(next - this.now);
      this.proxmox.advance(this.now);
      this.#observe();
      if (next >= until) return this;
    }
  }

  #nextAt(): number {
    const up = this.now >= this.#downUntil;
    const own = up ? this.cores.nextAt() - this.#clockAhead : this.#downUntil;
    const readable = up && this.#ups.onBattery && this.#ups.seen && !this.#ups.dark;
    const charging = this.#left < this.#options.batteryMs ? this.now + 60_000 : Number.POSITIVE_INFINITY;
    const reading = readable ? this.#readAt + readingMs : charging;
    const empty = this.#ups.onBattery && !this.#ups.dark ? this.now + this.#left : Number.POSITIVE_INFINITY;
    const low =
      this.#ups.onBattery && this.#left > this.#options.lowMs
        ? this.now + this.#left - this.#options.lowMs
        : Number.POSITIVE_INFINITY;
    const far = Math.min(own, reading, empty, low, this.proxmox.nextEnd(), this.#bootAt);
    return Math.max(far, this.now + 1);
  }

  #elapse(ms: number): void {
    this.now += ms;
    const { batteryMs } = this.#options;
    this.#left = this.#ups.onBattery
      ? Math.max(0, this.#left - ms)
      : Math.min(batteryMs, this.#left + ms / chargingSlower);
    if (this.#ups.onBattery && this.#left === 0 && !this.#ups.dark) {
      this.#ups.dark = true;
      this.#bootAt = Number.POSITIVE_INFINITY;
      this.proxmox.dark();
    }
    if (this.now < this.#bootAt) return;
    // Nodes that lost their power start what is set to start with them.
    this.#bootAt = Number.POSITIVE_INFINITY;
    for (const { vm, running } of this.#options.guests) {
      const guest = this.proxmox.guests.get(vm);
      if (guest && running) guest.running = true;
    }
  }

  #happen(what: Happening['what']): void {
    const guest = 'vm' in what ? this.proxmox.guests.get(what.vm) : undefined;
    switch (what.is) {
      case 'cut':
        this.#ups.onBattery = true;
        break;
      case 'back':
        if (this.#ups.dark) this.#bootAt = this.now + bootMs;
        this.#ups.onBattery = false;
        this.#ups.dark = false;
        break;
      case 'contact-lost':
      case 'contact':
        this.#ups.seen = what.is === 'contact';
        break;
      case 'process-down':
        this.#downUntil = Math.max(this.#downUntil, this.now + what.ms);
        break;
      case 'unreachable':
        this.proxmox.unreachableUntil = Math.max(this.proxmox.unreachableUntil, this.now + what.ms);
        break;
      case 'hold':
        if (this.now >= this.#downUntil) this.cores.hold(what.vm, this.#civil + what.ms, this.#civil);
        break;
      case 'move':
        if (guest?.running) guest.node = what.to;
        break;
      case 'clock':
        this.#clockAhead += what.ms;
        this.proxmox.clockAhead = this.#clockAhead;
        if (this.now >= this.#downUntil) this.cores.clockSet(this.#civil);
        break;
      case 'trouble':
        this.proxmox.troubles.push(what.trouble);
        break;
      case 'person':
        if (guest && !this.#ups.dark) guest.running = what.starts;
        break;
    }
  }

  /** What the process sees and reports of the world, if it is up, and what it does about it. */
  #observe(): void {
    if (this.now < this.#downUntil) return;
    if (this.#downUntil > 0) {
      this.#downUntil = 0;
      this.cores.restart(this.#civil);
    }
    this.#observeUps();
    if (this.proxmox.reachable()) this.#observeGuests();
    this.cores.work(this.#civil);
  }

  #observeUps(): void {
    const { cores, now } = this;
    const at = this.#civil;
    const ups = 'rack';
    const seen = this.#ups.seen && !this.#ups.dark;
    if (this.#said.contact !== seen) {
      this.#said.contact = seen;
      if (seen) cores.ups('ups.found', { ups, after: 'unknown', status: '' }, at);
      else cores.ups('ups.lost', { ups, contact: 'unreachable', on_battery: this.#ups.onBattery }, at);
    }
    if (!seen) return;
    const battery = this.#battery();
    const since = new Date(at).toISOString();
    if (this.#said.battery !== this.#ups.onBattery) {
      this.#said = { ...this.#said, battery: this.#ups.onBattery, low: false };
      this.#readAt = now;
      cores.ups(this.#ups.onBattery ? 'ups.on-battery' : 'ups.on-mains', { ups, since, ...battery }, at);
    }
    const low = this.#ups.onBattery && this.#left <= this.#options.lowMs;
    if (low && !this.#said.low) {
      this.#said.low = true;
      cores.ups('ups.battery-low', { ups, ...battery }, at);
    }
    if (now - this.#readAt < readingMs) return;
    this.#readAt = now;
    cores.ups('ups.battery-reading', { ups, on_battery: this.#ups.onBattery, low, ...battery }, at);
  }

  #battery() {
    const { batteryMs, tellsRuntime } = this.#options;
    const charge_pct = Math.floor((100 * this.#left) / batteryMs);
    return tellsRuntime ? { charge_pct, runtime_s: this.#left / 1000 } : {};
  }

  #observeGuests(): void {
    for (const real of this.proxmox.guests.values()) {
      const known = this.cores.facts.vm.get(real.vm);
      if (!known || this.#ups.dark) continue;
      if (known.node !== real.node) {
        const { vm, node } = real;
        const moved = { vm, hypervisor: 'pve', node, class: known.class, from: known.node };
        this.cores.vm('vm.moved', moved, this.#civil);
      }
      this.cores.see(real, this.#civil);
    }
  }
}
