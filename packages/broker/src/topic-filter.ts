/** Whether a topic filter is well formed: wildcards are whole levels, and `#` is the last (MQTT 3.1.1, 4.7.1). */
export function isFilter(filter: string): boolean {
  const levels = filter.split('/');
  return (
    filter !== '' &&
    levels.every(
      (level, index) =>
        level === '+' || (level === '#' && index === levels.length - 1) || !/[+#\0]/.test(level),
    )
  );
}

/** Whether every topic that `wanted` matches is also matched by `allowed`; a topic is a filter that matches itself. */
export function covers(allowed: string, wanted: string): boolean {
  const allow = allowed.split('/');
  const want = wanted.split('/');
  for (const [index, level] of allow.entries()) {
    // `a/#` also matches `a` itself (MQTT 3.1.1, 4.7.1.2).
    if (level === '#') return true;
    const asked = want[index];
    if (asked === undefined || asked === '#') return false;
    if (level !== '+' && level !== asked) return false;
  }
  return want.length === allow.length;
}
