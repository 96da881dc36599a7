import type { ServiceStatus } from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import { statusReader } from './status-reader.ts';

const status = (online: 0 | 1, session: number): ServiceStatus => ({ online, session, ts: 1, version: '1' });

function read(...payloads: (ServiceStatus | string)[]) {
  const reader = statusReader();
  return payloads.map((each) => reader(typeof each === 'string' ? each : JSON.stringify(each)));
}

describe('statusReader', () => {
  it('takes statuses and the will of the same session', () => {
    const story = [status(1, 7), status(0, 7), status(1, 7)];
    expect(read(...story)).toEqual(story);
  });

  it('ignores the will of an older session', () => {
    expect(read(status(1, 8), status(0, 7), status(0, 8))).toEqual([status(1, 8), undefined, status(0, 8)]);
  });

  it('believes a service that is online, even when its clock went back', () => {
    expect(read(status(1, 8), status(1, 3), status(0, 3))).toEqual([
      status(1, 8),
      status(1, 3),
      status(0, 3),
    ]);
  });

  it.each([
    '',
    'null',
    '{}',
    '[1]',
    'online',
    '{"online":1',
    '{"online":"1","session":1,"ts":1,"version":"1"}',
  ])('ignores %j', (garbage) => expect(read(garbage, status(1, 7))).toEqual([undefined, status(1, 7)]));
});
