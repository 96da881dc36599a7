import { expect, test } from 'vitest';
import { NotFine } from '../../errors.ts';
import { lookAtNetwork } from './look.ts';

const look = (host: string, community: string) =>
  lookAtNetwork({ places: [{ host, port: 161 }], website: undefined, community });

test('a switch that does not answer is for a person to look after', async () => {
  await expect(look('no-such-host.invalid', 'public')).rejects.toThrow(NotFine);
});

test('a fault of ours is none of the switch', async () => {
  await expect(look('127.0.0.1', '')).rejects.toThrow(RangeError);
});
