/**
 * Proxmox's property strings: `key=value,…`, where one key may be left out (PVE::JSONSchema::parse_property_string).
 * `valueOnly` is the name that its value then gets.
 */
export function parseProperties(text: string, valueOnly = ''): ReadonlyMap<string, string> {
  return new Map(
    text.split(',').map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [valueOnly, part.trim()] : [part.slice(0, at).trim(), part.slice(at + 1)];
    }),
  );
}

const units: Readonly<Record<string, number>> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/** `32G`, `528K`, `1T` or bytes, in GiB; undefined for anything else. */
export function sizeGib(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([KMGT]?)$/.exec(text) ?? [];
  return number === undefined ? undefined : (Number(number) * (units[unit] ?? 1)) / 2 ** 30;
}
