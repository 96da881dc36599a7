import { type Battery, runtimeS, step } from './battery.ts';
import { type Clock, systemClock } from './clock.ts';
import type { NutSimulator } from './simulator.ts';

export interface SimulatedUpsOptions {
  /** One of the simulator's UPSes. */
  name: string;
  /** How long a full battery carries the rated load, seconds; 600 if left out. */
  capacityS?: number;
  /** %, 25 if left out: 40 minutes of runtime with the default capacity. */
  loadPct?: number;
  /** %, 100 if left out. */
  chargePct?: number;
  /** How fast it charges, % a second; a full charge in 2 hours if left out. */
  ratePctS?: number;
  /** How many seconds pass for it in one of ours; 1 if left out. */
  speed?: number;
  /** How often it looks, in our milliseconds; 1000 if left out. */
  tickMs?: number;
  clock?: Clock;
}

export interface SimulatedUps {
  powerCut(): void;
  mainsBack(): void;
  setLoad(pct: number): void;
  setSpeed(factor: number): void;
  /** Stops its clock; the simulator keeps the last values. */
  close(): void;
}

/** LB comes when the charge is at or below `battery.charge.low`; this if that variable has no number. */
const defaultLowPct = 20;

/**
 * Lets one UPS of the simulator live: with every tick and every act it sets `ups.status`, `battery.charge`,
 * `battery.runtime`, `ups.load`, `input.voltage` and `output.voltage`.
 */
export function startSimulatedUps(simulator: NutSimulator, options: SimulatedUpsOptions): SimulatedUps {
  const { name, tickMs = 1000, clock = systemClock } = options;
  let speed = options.speed ?? 1;
  let battery: Battery = {
    capacity_s: options.capacityS ?? 600,
    load_pct: options.loadPct ?? 25,
    charge_pct: options.chargePct ?? 100,
    rate_pct_s: options.ratePctS ?? 100 / 7200,
    onMains: true,
  };
  let seen = clock.now();
  const update = (change: Partial<Battery> = {}) => {
    const now = clock.now();
    battery = { ...step(battery, (now - seen) * speed), ...change };
    seen = now;
    publish(simulator, name, battery);
  };
  const tick = () => {
    update();
    cancel = clock.after(tickMs, tick);
  };
  let cancel = clock.after(tickMs, tick);
  update();
  return {
    powerCut: () => update({ onMains: false }),
    mainsBack: () => update({ onMains: true }),
    setLoad: (pct) => update({ load_pct: pct }),
    setSpeed(factor) {
      update();
      speed = factor;
    },
    close: () => cancel(),
  };
}

function publish(simulator: NutSimulator, name: string, battery: Battery): void {
  const set = (variable: string, value: string | number) => simulator.set(name, variable, String(value));
  const low = Number(simulator.get(name, 'battery.charge.low') || defaultLowPct);
  set('ups.status', statusOf(battery, Number.isFinite(low) ? low : defaultLowPct));
  set('battery.charge', Math.floor(battery.charge_pct));
  set('battery.runtime', Math.floor(runtimeS(battery)));
  set('ups.load', Math.round(battery.load_pct));
  set('input.voltage', battery.onMains ? '230.0' : '0.0');
  set('output.voltage', battery.charge_pct > 0 || battery.onMains ? '230.0' : '0.0');
}

function statusOf({ onMains, charge_pct }: Battery, lowPct: number): string {
  const low = charge_pct <= lowPct ? ' LB' : '';
  if (!onMains) return `OB DISCHRG${low}`;
  return charge_pct < 100 ? `OL CHRG${low}` : 'OL';
}
