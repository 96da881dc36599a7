/** A network interface as the guest itself has it. */
export interface GuestInterface {
  readonly name: string;
  /** In lower case. */
  readonly mac?: string;
  readonly addresses: readonly string[];
}

/**
 * The address at which a guest is reached: of the interface that is its net0, by the MAC address, IPv4 first, then IPv6, and one that is good on its
 * own link alone last. Never that of a bridge or container inside the guest, such as docker0.
 */
export function addressOf(
  interfaces: readonly GuestInterface[],
  mac: string | undefined,
): string | undefined {
  if (mac === undefined) return undefined;
  // A bridge inside the guest may have taken over the MAC of the card that is in it: the first with an address counts.
  const own = interfaces.filter(
    (each) => each.mac === mac.toLowerCase() && !/^(docker|br-|veth|virbr)/.test(each.name),
  );
  const addresses = own.flatMap((each) => each.addresses).filter((address) => !isUseless(address));
  return addresses.toSorted((a, b) => rank(a) - rank(b))[0];
}

/** Whether an address is good on its own link alone: the one that others reach usually follows within seconds. */
export function isLinkLocal(address: string): boolean {
  return rank(address) >= 2;
}

function isUseless(address: string): boolean {
  return /^127\./.test(address) || address === '::1' || address === '0.0.0.0' || address === '::';
}

function rank(address: string): number {
  if (address.includes(':')) return /^fe[89ab]/i.test(address) ? 3 : 1;
  return address.startsWith('169.254.') ? 2 : 0;
}
