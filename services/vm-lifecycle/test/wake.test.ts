import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { sendMagicPacket, WakeError } from '../src/adapters/wake.ts';

test('a magic packet arrives as it should be, over real UDP', async () => {
  const card = createSocket('udp4').bind(0, '127.0.0.1');
  await once(card, 'listening');
  try {
    const heard = once(card, 'message');
    await sendMagicPacket('02:00:5E:00:53:01', `127.0.0.1:${card.address().port}`);
    const [packet]: Buffer[] = await heard;
    expect(packet?.toString('hex')).toBe('ff'.repeat(6) + '02005e005301'.repeat(16));
  } finally {
    card.close();
  }
});

test('a packet that cannot be sent says where to and why', async () => {
  const sent = sendMagicPacket('02:00:5E:00:53:01', '127.0.0.1:99999');
  await expect(sent).rejects.toThrow(WakeError);
  await expect(sent).rejects.toThrow(/could not be sent to 127\.0\.0\.1:99999: .+/);
});
