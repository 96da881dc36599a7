import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { magicPacket } from '../core/magic-packet.ts';

/** A magic packet that did not even leave this machine: no such address, no network. */
export class WakeError extends Error {
  override readonly name = 'WakeError';
  readonly code = 'wake.not-sent';
}

/**
 * Sends one magic packet for a network card. `address` is host and UDP port, such as `255.255.255.255:9`. Whether it
 * arrived is not known. Throws {@link WakeError}.
 */
export async function sendMagicPacket(mac: string, address: string): Promise<void> {
  const [host = '', port = ''] = address.split(':');
  const socket = createSocket('udp4');
  try {
    socket.bind(0);
    await once(socket, 'listening');
    // Without it the kernel refuses 255.255.255.255 and the broadcast addresses of networks.
    socket.setBroadcast(true);
    await new Promise<void>((resolve, reject) => {
      socket.send(magicPacket(mac), Number(port), host, (error) => (error ? reject(error) : resolve()));
    });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new WakeError(`the magic packet could not be sent to ${address}: ${why}`, { cause });
  } finally {
    socket.close();
  }
}
