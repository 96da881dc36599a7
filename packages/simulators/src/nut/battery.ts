/** A battery with what hangs on it. A model for a demo: linear, without ageing or Peukert's law. */
export interface Battery {
  /** How long a full battery carries the rated load, seconds. */
  readonly capacity_s: number;
  /** Share of the rated load, %. */
  readonly load_pct: number;
  /** 0 to 100 %. */
  readonly charge_pct: number;
  /** How fast it charges on mains, % a second. */
  readonly rate_pct_s: number;
  readonly onMains: boolean;
}

/** An idle UPS feeds itself too; also keeps its runtime from being endless. */
const leastLoadPct = 1;

/** The battery after so many milliseconds. */
export function step(battery: Battery, dtMs: number): Battery {
  const seconds = dtMs / 1000;
  const change = battery.onMains ? battery.rate_pct_s : -drainPctS(battery);
  const charge = battery.charge_pct + change * seconds;
  return { ...battery, charge_pct: Math.min(100, Math.max(0, charge)) };
}

/** How long it lasts at the present load, seconds. */
export function runtimeS(battery: Battery): number {
  return battery.charge_pct / drainPctS(battery);
}

function drainPctS({ capacity_s, load_pct }: Battery): number {
  return Math.max(leastLoadPct, load_pct) / capacity_s;
}
