/** How things stand while one waits for the end of all power cuts. */
export interface Return {
  /** Guests that are off at Proxmox. */
  readonly off: readonly number[];
  readonly upses: readonly {
    readonly id: string;
    readonly contact: string;
    readonly mains: string;
    readonly load_pct?: number;
  }[];
  /** Power cuts that policy has not seen the end of. */
  readonly outages: number;
  /** Guests that policy has not let go of since they were shut down: it does so a while after they run again. */
  readonly shed: number;
  /** How many events of ups-monitor's present log policy has not read. */
  readonly unread: number;
}

/**
 * Why the power cuts cannot count as over; nothing once they can. That all guests run does not show it: after a
 * restored database a person started them, while the UPSes were still on battery. What follows then would still be the
 * old cut, whose limits on charge and runtime hold until mains is trusted. So each UPS must have been looked at since
 * mains came back: it reports a load that it had at no other time. And in a power cut that follows before policy has let go of
 * a guest it does not, as long as that lasts.
 */
export function notBack({ off, upses, outages, shed, unread }: Return, loadPct: number): string[] {
  const unseen = upses.filter(
    ({ contact, mains, load_pct }) => contact !== 'ok' || mains !== 'on-mains' || load_pct !== loadPct,
  );
  return [
    ...(off.length > 0 ? [`guests that are off: ${off.join(', ')}`] : []),
    ...(unseen.length > 0 ? [`UPSes not seen on mains: ${unseen.map(({ id }) => id).join(', ')}`] : []),
    ...(unread > 0 ? [`events of ups-monitor that policy has not read: ${unread}`] : []),
    ...(shed > 0 ? [`guests that policy has not let go of: ${shed}`] : []),
    ...(outages > 0 ? [`power cuts that policy sees: ${outages}`] : []),
  ];
}
