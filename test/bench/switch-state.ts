import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { systemClock } from '@huismeester/clock';
import { readState } from '@huismeester/netwatch/if-mib';
import { createSnmpClient } from '@huismeester/snmp';
import { startSnmpsim } from '@huismeester/testkit';
import * as library from 'net-snmp';
import { inMs, median, type Row } from './row.ts';

/** A Cisco of 52 ports, 6 VLANs and one interface more, as Debian's snmpsim has it recorded. */
const recording = '/usr/share/doc/snmpsim/examples/data/cisco_16_switch.snmprec.gz';
const interfaces = 59;
/** So many of each a round: CPU time is counted in steps of milliseconds. */
const readsInRound = 100;
const walksInRound = 3;
/** ifTable, ifXTable (RFC 2863): all that there is to know of a port. */
const tables = ['1.3.6.1.2.1.2.2', '1.3.6.1.2.1.31.1.1'];

/** What netwatch reads of a switch every 5 s, beside the walk that the library offers over the tables of ports; in this process. */
export async function switchState(rounds: number): Promise<Row> {
  const cisco = gunzipSync(await readFile(recording)).toString();
  const simulator = await startSnmpsim({ recordings: { cisco }, quiet: true });
  const { host, port } = simulator;
  const credentials = { version: '2c', community: 'cisco' } as const;
  const client = createSnmpClient({ host, port, credentials, clock: systemClock });
  const session = library.createSession(host, 'cisco', { port, version: library.Version2c });
  const idle = new AbortController();
  // As netwatch does: with what it knows from the look before.
  let known = 0;
  const read = async () => {
    const { rows } = await readState(client, known, idle.signal);
    known = rows.size;
    if (rows.size !== interfaces) throw new Error(`read ${rows.size} interfaces`);
  };
  const walk = async () => {
    for (const table of tables) await walkTable(session, table);
  };
  try {
    // The first round runs code for the first time.
    await cpuMsOf(read, readsInRound);
    await cpuMsOf(walk, walksInRound);
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await cpuMsOf(read, readsInRound));
      theirs.push(await cpuMsOf(walk, walksInRound));
    }
    const { requests } = await client.columns(stateColumns, { scalars, rows: known });
    return rowOf({ ours, requests, theirs });
  } finally {
    client.close();
    session.close();
    await simulator.close();
  }
}

/** As `readState` asks, which does not say how many requests it took. */
const stateColumns = [7, 8, 9].map((column) => `1.3.6.1.2.1.2.2.1.${column}`);
/** sysUpTime and snmpEngineBoots. */
const scalars = ['1.3.6.1.2.1.1.3.0', '1.3.6.1.6.3.10.2.1.2.0'];

interface Found {
  readonly ours: readonly number[];
  readonly requests: number;
  readonly theirs: readonly number[];
}

function rowOf({ ours, requests, theirs }: Found): Row {
  const [own, other] = [median(ours), median(theirs)];
  const times = other / own;
  return {
    what: `state of a recorded switch of 59 interfaces, 52 of them ports (ifAdminStatus, ifOperStatus, ifLastChange, sysUpTime), median of ${ours.length}`,
    measured: `${requests} requests, ${inMs(own)} of CPU, ${times.toFixed(1)} × less than the reference`,
    target: '≤ 4 requests, ≤ 3 ms of CPU, ≥ 15 × less',
    met: requests <= 4 && own <= 3 && times >= 15,
    reference: `net-snmp's session.table() of ifTable and ifXTable: ${inMs(other)} of CPU`,
  };
}

/** Of one, when it is done so many times. */
async function cpuMsOf(run: () => Promise<void>, times: number): Promise<number> {
  const began = process.cpuUsage();
  for (let index = 0; index < times; index += 1) await run();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000 / times;
}

function walkTable(session: library.Session, oid: string): Promise<void> {
  return new Promise((resolve, reject) => {
    session.table(oid, (error: Error | null, table: object = {}) => {
      const count = Object.keys(table).length;
      if (count === interfaces) resolve();
      else reject(error ?? new Error(`the library read ${count} interfaces`));
    });
  });
}
