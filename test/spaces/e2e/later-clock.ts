/**
 * Loaded before anything else (`node --import`), it puts the civil clock of the whole process ahead by CLOCK_AHEAD_MS, as
 * if that time had passed while nothing ran. Monotonic time is as it is.
 */
const aheadMs = Number(process.env.CLOCK_AHEAD_MS);
if (!Number.isFinite(aheadMs)) throw new TypeError('CLOCK_AHEAD_MS must be a number of milliseconds');
const present = Date.now;
Date.now = () => present() + aheadMs;
globalThis.Date = new Proxy(Date, {
  construct: (date, args, target) => Reflect.construct(date, args.length === 0 ? [Date.now()] : args, target),
});

export {};
