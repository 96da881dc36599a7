import { handClock } from '@huismeester/testkit';
import { describe, expect, it } from 'vitest';
import { answerDatagram, noRequests } from './agent.ts';
import { parseOid } from './ber.ts';
import { decodeMessage, encodeCommunity, flags } from './message.ts';
import type { Pdu } from './pdu.ts';
import { createSwitchState } from './switch-state.ts';
import { closeMessage, openData, usmErrorOid } from './usm.ts';

function started() {
  const clock = handClock();
  const auth = { protocol: 'sha256', password: 'password-1' } as const;
  const { engine, users, faults, mib, port } = createSwitchState(
    {
      clock,
      credentials: { users: [{ name: 'open' }, { name: 'signed', auth }] },
      ports: Array.from({ length: 48 }, (_, place) => ({ name: `gi1/0/${place + 1}` })),
    },
    () => undefined,
  );
  const requests = noRequests();
  const now = () => clock.monotonicMs();
  const agent = { engine, users, faults, mib, requests, now, communities: new Set(['public']) };
  return { agent, port, ask: (datagram: Uint8Array) => answerDatagram(datagram, agent) };
}

function request(type: Pdu['type'], ...oids: string[]): Pdu {
  const varbinds = oids.map((oid) => ({ oid: parseOid(oid), value: { type: 'null' } as const }));
  return { type, requestId: 5, errorStatus: 0, errorIndex: type === 'getBulk' ? 25 : 0, varbinds };
}

const columns = ['1.3.6.1.2.1.2.2.1.7', '1.3.6.1.2.1.2.2.1.8', '1.3.6.1.2.1.31.1.1.1.6'];
const bulk = request('getBulk', ...columns);
const community = (version: '1' | '2c', pdu: Pdu) => encodeCommunity({ version, community: 'public', pdu });

function pduOf(answer: Uint8Array | undefined): Pdu {
  const message = decodeMessage(answer ?? new Uint8Array());
  const pdu = message.version === '3' ? openData(message, { name: '' })?.pdu : message.pdu;
  if (!pdu || pdu.type === 'trapV1') throw new Error('no answer');
  return pdu;
}

describe('the agent', () => {
  it('answers a GETBULK row by row, to the end of what there is', () => {
    const { ask } = started();
    const { varbinds } = pduOf(ask(community('2c', bulk)));
    expect(varbinds).toHaveLength(75);
    expect(varbinds.slice(72).map(({ oid }) => oid.join('.'))).toEqual(columns.map((oid) => `${oid}.25`));
    const end = pduOf(ask(community('2c', request('getBulk', '1.3.6.1.6.3.10.2.1.3', '1.3.6.1.7'))));
    expect(end.varbinds.map(({ value }) => value.type)).toEqual([
      'integer',
      'endOfMibView',
      'endOfMibView',
      'endOfMibView',
    ]);
  });

  // net-snmp's tools cut a Counter32 to 32 bits themselves.
  it('sends the lowest 32 bits of a counter, and the lowest 64', () => {
    const { port, ask } = started();
    port('gi1/0/1').setCounters({ inOctets: 2n ** 64n + 2n ** 32n + 5n });
    const get = request('get', '1.3.6.1.2.1.2.2.1.10.1', '1.3.6.1.2.1.31.1.1.1.6.1');
    expect(pduOf(ask(community('2c', get))).varbinds.map(({ value }) => value)).toEqual([
      { type: 'counter32', value: 5 },
      { type: 'counter64', value: 2n ** 32n + 5n },
    ]);
  });

  it('keeps to the size that the asker of SNMPv3 can take', () => {
    const { agent, ask } = started();
    const from = { id: 1, flags: flags.reportable, user: { name: 'open' }, engine: agent.engine, time: 0 };
    const whole = ask(closeMessage({ ...from, maxSize: 65_507, pdu: bulk }));
    expect(pduOf(whole).varbinds).toHaveLength(75);
    const small = ask(closeMessage({ ...from, maxSize: 600, pdu: bulk }));
    expect(small?.length).toBeLessThanOrEqual(600);
    expect(pduOf(small).varbinds.length).toBeGreaterThan(20);
    const get = request('get', ...Array.from({ length: 48 }, (_, place) => `${columns[0]}.${place + 1}`));
    expect(pduOf(ask(closeMessage({ ...from, maxSize: 600, pdu: get })))).toMatchObject({
      errorStatus: 1,
      varbinds: [],
    });
  });

  it('reports with the request-id that it can read, and only to who wants reports', () => {
    const { agent, ask } = started();
    const from = {
      id: 77,
      maxSize: 1500,
      user: { name: 'nobody' },
      engine: agent.engine,
      time: 0,
      pdu: bulk,
    };
    const report = ask(closeMessage({ ...from, flags: flags.reportable }));
    expect(decodeMessage(report ?? new Uint8Array())).toMatchObject({ id: 77, flags: 0, user: 'nobody' });
    expect(pduOf(report)).toMatchObject({
      type: 'report',
      requestId: 5,
      varbinds: [{ oid: usmErrorOid('unknownUserNames'), value: { type: 'counter32', value: 1 } }],
    });
    expect(ask(closeMessage({ ...from, flags: 0 }))).toBeUndefined();
    expect(agent.requests.reported.unknownUserNames).toBe(2);
  });

  it('says nothing to a GETBULK of SNMPv1, a response, or what is no SNMP', () => {
    const { agent, ask } = started();
    expect(ask(community('1', bulk))).toBeUndefined();
    expect(ask(community('2c', request('response', '1.3.6')))).toBeUndefined();
    expect(ask(Buffer.from('GET / HTTP/1.1'))).toBeUndefined();
    expect(agent.requests).toMatchObject({ getBulk: 1, other: 1, malformed: 1 });
  });

  it('does not fail on whatever arrives', () => {
    const { agent, ask } = started();
    const user = agent.users.get('signed') ?? { name: '' };
    const signed = { id: 1, flags: 5, maxSize: 1500, user, engine: agent.engine, time: 0, pdu: bulk };
    for (const datagram of [community('2c', bulk), closeMessage(signed)])
      for (let at = 0; at < datagram.length; at += 1)
        for (const byte of [0x00, 0x01, 0x30, 0x7f, 0x80, 0xa8, 0xff]) {
          const changed = Buffer.from(datagram);
          changed[at] = byte;
          ask(changed);
        }
    expect(agent.requests.malformed).toBeGreaterThan(100);
  });
});
