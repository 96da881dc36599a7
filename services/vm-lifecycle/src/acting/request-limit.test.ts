import { expect, test } from 'vitest';
import { createRequestLimit, limitGroup } from './request-limit.ts';

test('as many as the limit, in each group; the others are queued', () => {
  const limit = createRequestLimit();
  expect(limit.acquire('pve1', 'a', 1)).toBe(true);
  expect(limit.acquire('pve1', 'a', 1)).toBe(true);
  expect(limit.acquire('pve1', 'b', 1)).toBe(false);
  expect(limit.acquire('pve1', 'c', 1)).toBe(false);
  expect(limit.acquire('pve2', 'd', 1)).toBe(true);
  expect(limit.release('a')).toBe('b');
  expect(limit.acquire('pve1', 'b', 1)).toBe(true);
  expect(limit.release('b')).toBe('c');
  expect(limit.release('c')).toBeUndefined();
});

test('who no longer wants a place leaves the queue', () => {
  const limit = createRequestLimit();
  limit.acquire('pve1', 'a', 1);
  limit.acquire('pve1', 'b', 1);
  expect(limit.release('b')).toBeUndefined();
  expect(limit.release('a')).toBeUndefined();
});

test('node b-n1 of pve and node n1 of pve-b do not share a limit', () => {
  const group = (hypervisor: string, node: string) => limitGroup({ hypervisor, node, class: 'core' });
  expect(group('pve', 'b-n1')).not.toBe(group('pve-b', 'n1'));
});
