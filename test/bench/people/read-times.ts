/** What one read took, of the clock and of all cores. */
export interface ReadTimes {
  readonly wallMs: number;
  readonly cpuMs: number;
}
