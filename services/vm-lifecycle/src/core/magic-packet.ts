const repeats = 16;

/** Wake-on-LAN: six bytes of FF, and then the address of the network card, sixteen times (AMD's Magic Packet). */
export function magicPacket(mac: string): Uint8Array {
  const address = mac.split(/[:-]/).map((byte) => Number.parseInt(byte, 16));
  return Uint8Array.from([...Array<number>(6).fill(0xff), ...Array<number[]>(repeats).fill(address).flat()]);
}
