import { expect, test } from 'vitest';
import { magicPacket } from './magic-packet.ts';

test('six times FF, then the address sixteen times', () => {
  const packet = Buffer.from(magicPacket('AA:bb:0C:00:01:ff')).toString('hex');
  expect(packet).toBe('ff'.repeat(6) + 'aabb0c0001ff'.repeat(16));
});
