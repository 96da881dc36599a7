/** The longest address that SMTP takes (RFC 5321, 4.5.3.1.3, without its brackets). */
const longest = 254;
const longestName = 100;

/**
 * Whether mail can go to exactly this address: one `@`, and nothing by which an address would become a list, a header or a command (a blank,
 * comma, line break, bracket, quote). Stricter than RFC 5321, which allows such characters in quotes: nobody has them, and a library that reads
 * them otherwise would write to somebody else.
 */
export function isUsableAddress(address: string): boolean {
  return address.length <= longest && /^[^\s@,;:<>()[\]\\"\p{C}]+@[^\s@,;:<>()[\]\\"\p{C}]+$/u.test(address);
}

/** A name as it may stand before an address: line breaks and what nobody sees become a blank. The library quotes and encodes the rest. */
export function safeName(name: string): string {
  return name
    .replaceAll(/[\s\p{C}]+/gu, ' ')
    .trim()
    .slice(0, longestName);
}
