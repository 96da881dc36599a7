import { describe, expect, it } from 'vitest';
import { type Logins, upsmonFindings } from './upsmon.ts';

const upsd = { host: '10.0.0.5', port: 3493, name: 'space', tls: 'off' as const };
const at = (clients: string[], machine = ['10.0.0.5']): Logins => ({ upsd, clients, machine });
const node = { hypervisor: 'pve', node: 'pve1', poweredBy: ['rack', 'attic'] };

function problems(addresses: string[], rack: Logins, attic?: Logins) {
  const logins = new Map([['rack', rack], ...(attic ? [['attic', attic] as const] : [])]);
  return upsmonFindings(node, addresses, logins).map(({ problem }) => problem);
}

describe('a node is logged in', () => {
  it.each<[string, string[], Logins]>([
    ['from its address', ['10.0.0.2'], at(['10.0.0.9', '10.0.0.2'])],
    ['from one of its addresses', ['fd00::2', '10.0.0.2'], at(['10.0.0.2'])],
    ['with IPv4 over an IPv6 socket', ['10.0.0.2'], at(['::ffff:10.0.0.2'])],
    ['as localhost, where upsd runs on it', ['10.0.0.5'], at(['127.0.0.1'])],
    ['as localhost, over IPv6', ['10.0.0.5'], at(['::1'])],
  ])('%s', (_, addresses, logins) => {
    expect(problems(addresses, logins)).toEqual([undefined]);
  });

  it.each<[string, string[], Logins]>([
    ['nobody is', ['10.0.0.2'], at([])],
    ['others are', ['10.0.0.2'], at(['10.0.0.20', '10.0.0.3'])],
    ['only localhost is, where upsd runs elsewhere', ['10.0.0.2'], at(['127.0.0.1'])],
  ])('not when %s', (_, addresses, logins) => {
    const [problem] = problems(addresses, logins);
    expect(problem).toContain('10.0.0.2 is not');
    expect(problem).toContain(logins.clients.join(', ') || 'nobody');
  });

  it('at each of its UPSes', () => {
    expect(problems(['10.0.0.2'], at(['10.0.0.2']), at([]))).toEqual([undefined, expect.anything()]);
  });

  it('is not asked where upsd did not answer, and is unknown without an address', () => {
    expect(upsmonFindings(node, ['10.0.0.2'], new Map())).toEqual([]);
    expect(problems([], at([]))).toEqual([expect.stringContaining('address of the node is not known')]);
  });
});

describe('what to do', () => {
  const remedy = (addresses: string[], logins: Logins) =>
    upsmonFindings({ ...node, poweredBy: ['rack'] }, addresses, new Map([['rack', logins]]))[0]?.remedy;

  it('is a line for upsmon.conf: secondary, but for the machine of upsd', () => {
    expect(remedy(['10.0.0.2'], at([]))).toContain('MONITOR space@10.0.0.5:3493 1 USER PASSWORD secondary');
    expect(remedy(['10.0.0.5'], at([]))).toContain('MONITOR space@10.0.0.5:3493 1 USER PASSWORD primary');
  });

  it('does not send a node to its own localhost', () => {
    expect(remedy(['10.0.0.2'], at([], ['127.0.0.1', '10.0.0.7']))).toContain('space@ADDRESS-OF-UPSD:3493');
  });
});
