import { describe, expect, it } from 'vitest';
import { classifyReason, errorOf } from './classify.ts';

describe('classifyReason', () => {
  it.each([
    ['VM is locked (backup)', 'locked'],
    ['CT is locked (migrate)', 'locked'],
    ["can't lock file '/var/lock/qemu-server/lock-100.conf' - got timeout", 'locked'],
    ["clone failed: can't lock file '/var/lock/pve-manager/pve-storage-local-lvm' - got timeout", 'locked'],
    ["clone failed: cfs-lock 'storage-nas' error: got lock request timeout", 'locked'],
    ["Configuration file 'nodes/pve1/qemu-server/100.conf' does not exist", 'not-found'],
    ["unable to find configuration file for VM 100 on node 'pve1'", 'not-found'],
    ["pool 'core' does not exist", 'not-found'],
    ["hostname lookup 'pve9' failed - failed to get address info for: pve9", 'node-unknown'],
    ['VM quit/powerdown failed - got timeout', 'domain'],
    ['CT 100 not running', 'domain'],
    ["snapshot 'x' does not exist", 'domain'],
  ])('%s is %s', (reason, code) => {
    expect(classifyReason(reason)).toBe(code);
  });
});

describe('errorOf', () => {
  it.each([
    [400, 'bad-parameter', false],
    [401, 'unauthorized', false],
    [403, 'forbidden', false],
    [500, 'domain', false],
    [501, 'protocol', false],
    [302, 'protocol', false],
    [502, 'connection', true],
    [503, 'connection', true],
    [504, 'connection', true],
    [595, 'node-offline', false],
    [596, 'node-unknown', true],
    [597, 'node-unknown', true],
  ] as const)('%i is %s, may have arrived: %s', (status, code, mayHaveArrived) => {
    expect(errorOf('POST /x', { status, reason: 'said', fields: {} })).toMatchObject({
      code,
      mayHaveArrived,
      status,
      message: `POST /x: ${status} said`,
    });
  });

  it('names each wrong parameter; a task that is gone is not found', () => {
    const fields = { timeout: "type check ('integer') failed - got 'x'\n" };
    const error = errorOf('POST /x', { status: 400, reason: 'Parameter verification failed.', fields });
    expect(error.fields).toEqual(fields);
    expect(error.message).toBe(
      "POST /x: 400 Parameter verification failed.; timeout: type check ('integer') failed - got 'x'",
    );
    expect(errorOf('GET /x', { status: 400, reason: '', fields: { upid: 'no such task' } }).code).toBe(
      'not-found',
    );
  });
});
