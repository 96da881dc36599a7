/** RTF_UP and RTF_GATEWAY of linux/route.h. */
const upWithGateway = 0x1 | 0x2;

/**
 * The gateway of the IPv4 default route in the text of Linux's /proc/net/route, of several the one with the lowest metric. Addresses
 * stand there as hexadecimal numbers in the byte order of the machine.
 */
export function defaultGateway(table: string, endianness: 'LE' | 'BE'): string | undefined {
  const routes = table.split('\n').flatMap((line) => {
    const [, destination, gateway = '', flags = '', , , metric = '', mask] = line.trim().split(/\s+/);
    const isDefault = destination === '00000000' && mask === '00000000' && /^[0-9A-F]{8}$/i.test(gateway);
    if (!isDefault || (Number.parseInt(flags, 16) & upWithGateway) !== upWithGateway) return [];
    return [{ gateway, metric: Number(metric) }];
  });
  const [first] = routes.sort((a, b) => a.metric - b.metric);
  const bytes = first?.gateway.match(/../g)?.map((byte) => Number.parseInt(byte, 16));
  return (endianness === 'LE' ? bytes?.reverse() : bytes)?.join('.');
}
