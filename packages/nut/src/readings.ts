/** What the variables of a UPS say in numbers. What is not known, or cannot be, is left out: never 0, never null. */
export interface UpsReadings {
  /** Charge of the battery, 0 to 100 %. */
  charge_pct?: number;
  /** Runtime left at the present load, seconds. */
  runtime_s?: number;
  /** Share of the rated output in use, %; above 100 when overloaded. */
  load_pct?: number;
  input_v?: number;
  output_v?: number;
  battery_v?: number;
  /** Measured real power, W. Never worked out from the nominal power and the load: that would be a guess. */
  power_w?: number;
  /** Of the UPS itself, else of its battery, °C; never of the room. */
  temperature_c?: number;
}

export interface UpsIdentity {
  manufacturer?: string;
  model?: string;
  serial?: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads the numbers out of a UPS's variables (names as in NUT's nut-names.txt). Drivers write them as they like:
 * `054`, `  33.3`, `21420.00`; what is not a plain decimal number, or lies outside what the quantity can be, is left out.
 */
export function parseReadings(variables: Variables): UpsReadings {
  const read = (name: string, lowest: number, highest: number) => decimal(variables[name], lowest, highest);
  return known({
    charge_pct: read('battery.charge', 0, 100),
    runtime_s: runtime(variables['battery.runtime']),
    load_pct: read('ups.load', 0, 1000),
    input_v: read('input.voltage', 0, 1000),
    output_v: read('output.voltage', 0, 1000),
    battery_v: read('battery.voltage', 0, 1000),
    power_w: read('ups.realpower', 0, 1_000_000),
    temperature_c: read('ups.temperature', -50, 150) ?? read('battery.temperature', -50, 150),
  });
}

/**
 * Who made it, what it is and which one. Blank is left out. `ups.*` first: NUT 2.8.0 copies it to `device.*` with its
 * quotes, backslashes and `#` escaped twice. Drivers of other devices have `device.*` alone.
 */
export function parseIdentity(variables: Variables): UpsIdentity {
  const read = (name: string) =>
    variables[`ups.${name}`]?.trim() || variables[`device.${name}`]?.trim() || undefined;
  return known({ manufacturer: read('mfr'), model: read('model'), serial: read('serial') });
}

/**
 * Of 718 recorded devices 26 report 0, −1 or 65535 (a 16-bit −1) where they have no estimate, 0 on healthy mains too.
 * None of these is a runtime; charge and time on battery have to do then.
 */
function runtime(text: string | undefined): number | undefined {
  const seconds = decimal(text, 1, Number.MAX_SAFE_INTEGER);
  return seconds === undefined || seconds === 65_535 ? undefined : Math.round(seconds);
}

function decimal(text: string | undefined, lowest: number, highest: number): number | undefined {
  const trimmed = text?.trim() ?? '';
  if (!/^[+-]?\d+(\.\d+)?$/.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return value >= lowest && value <= highest ? value : undefined;
}

/** Without the keys whose value is undefined. */
function known<T extends object>(values: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
