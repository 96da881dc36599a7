/**
 * Makes text that others wrote (a VM's name, a broker's error) safe to show: a control character could move the
 * cursor, recolour what follows or hide it.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (found) => `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`);
}
