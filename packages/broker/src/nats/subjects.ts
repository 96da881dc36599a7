/**
 * The NATS subjects of an MQTT topic filter: `/` becomes `.`, `+` `*` and `#` `>`. MQTT's `a/#` matches `a` too (MQTT
 * 3.1.1, 4.7.1.2), and `a.>` does not match `a`: so there are two.
 */
export function subjectsOf(filter: string): string[] {
  const levels = filter.split('/').map((level) => (level === '+' ? '*' : level === '#' ? '>' : level));
  const parent = levels.slice(0, -1).join('.');
  return levels.at(-1) === '>' && parent !== '' ? [parent, levels.join('.')] : [levels.join('.')];
}

/** The subject of all public events, which the history keeps. */
export function eventSubject(root: string): string {
  return `${root.replaceAll('/', '.')}.v1.*.evt.>`;
}

/** The name of the JetStream stream that keeps them; slashes and dots are not allowed in it. */
export function historyStream(root: string): string {
  return `${root.replaceAll('/', '-')}-v1-events`;
}
