import { serviceNames } from '@huismeester/contracts';
import { skipWithout, waitFor } from '@huismeester/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { framerProblems, leaks, logOf, missingStates, powerRequests } from './assertions.ts';
import { everyone, hidden, running } from './guests.ts';
import { startHouse } from './house.ts';
import type { House, HouseOptions } from './house-types.ts';
import { type Listener, listen } from './listener.ts';
import { playedBefore } from './side-by-side.ts';
import { play, steps } from './story.ts';

type Row = Pick<HouseOptions, 'database' | 'broker' | 'distributed'>;

/** A house in which the whole story was played, and all that an MQTT client heard of it. */
interface Played {
  readonly house: House;
  readonly listener: Listener;
  close(): Promise<void>;
}

async function playAll(row: Row): Promise<Played> {
  const house = await startHouse({ ...row, network: true });
  const listener = await listen(house.mqttUrl, house.root);
  const close = async () => {
    await listener.close();
    await house.close();
  };
  try {
    for (const step of steps) await play(house, step);
  } catch (error) {
    await close();
    throw error;
  }
  return { house, listener, close };
}

const skip = skipWithout('upsd', 'postgres', 'mosquitto');
/** A whole power cut, in each of these houses: what is done, why, in what order, and who hears of it. */
export function describePowerCuts(rows: readonly Row[]): void {
  const stories = playedBefore(rows, playAll, skip);

  describe.skipIf(skip).each(rows)(
    'a real power cut, database $database, broker $broker, distributed $distributed',
    (row) => {
      let house: House;
      let listener: Listener;

      beforeAll(async () => {
        ({ house, listener } = await stories.of(row));
      });

      it('takes participants, space-wide and core down in turn, and brings back in reverse what ran before', () => {
        const story = powerRequests(house.proxmox.requests);
        const order = (act: string) =>
          story.filter((each) => each.act === act).map(({ vmid }) => classOf(vmid));
        expect(order('shutdown')).toEqual([
          'participant',
          'participant',
          'participant',
          'space-wide',
          'space-wide',
          'core',
          'core',
        ]);
        expect(order('start')).toEqual([
          'core',
          'core',
          'space-wide',
          'space-wide',
          'participant',
          'participant',
          'participant',
        ]);
        expect(story).toHaveLength(2 * everyone.length);
      });

      it('touches neither the guest that was off, nor the board’s, nor one of no pool', () => {
        expect(house.proxmox.guest(123).status).toBe('stopped');
        for (const { vmid } of Object.values(hidden)) {
          expect(house.proxmox.guest(vmid).status).toBe('running');
          expect(house.proxmox.requests.filter(({ path }) => path.includes(String(vmid)))).toEqual([]);
        }
      });

      it('says why: each decision has a clause, a reason and evidence that is in the log', async () => {
        const ids = new Set((await logOf(house, 'ups-monitor')).map(({ id }) => id));
        const { results } = await house.get<{
          results: { state: string; clause: string; reason: string; evidence: string[]; mode: string }[];
        }>('/api/v1/decisions?limit=1000');
        const acting = results.filter(({ state }) => state !== 'hands-off');
        expect(acting).toHaveLength(2 * everyone.length);
        for (const { clause, reason, evidence, mode } of acting) {
          expect(clause).toMatch(/^(SPACE-3|CORE-1)$/);
          expect(reason).toContain('UPS rack');
          expect(mode).toBe('enforce');
          expect(evidence.length).toBeGreaterThan(0);
          expect(evidence.filter((id) => !ids.has(id))).toEqual([]);
        }
      });

      it('reports each stop and start with what did it, in one chain from the first second on battery', async () => {
        const cut = (await logOf(house, 'ups-monitor')).find(({ type }) => type === 'ups.on-battery');
        const changes = await waitFor('every change is reported', async () => {
          const found = (await logOf(house, 'vm-lifecycle')).filter(
            ({ type }) => type === 'vm.stopped' || type === 'vm.started',
          );
          return found.length >= 2 * everyone.length && found;
        });
        expect(changes.map(({ type, data }) => `${type} ${data.vm}`).sort()).toEqual(
          everyone.flatMap((vmid) => [`vm.started ${vmid}`, `vm.stopped ${vmid}`]).sort(),
        );
        for (const change of changes) {
          expect(change).toMatchObject({ actor: 'service:vm-lifecycle', correlationid: cut?.correlationid });
          expect(change.data.cause).toBe('huismeester');
        }
      });

      it('is heard by an MQTT client as contract.md says: events, states, status', async () => {
        const topics = (): string[] => listener.heard.map(({ topic }) => topic);
        for (const topic of [
          'space/v1/ups-monitor/evt/ups/rack/on-battery',
          'space/v1/ups-monitor/evt/ups/rack/on-mains',
          'space/v1/ups-monitor/graf/charge-pct',
          'space/v1/policy/evt/outage/rack/stage-entered',
          'space/v1/vm-lifecycle/evt/vm/120/stopped',
          'space/v1/vm-lifecycle/evt/vm/101/started',
          ...serviceNames.map((service) => `space/v1/${service}/status`),
        ]) {
          await waitFor(`something on ${topic}`, () => topics().includes(topic));
        }
        expect(missingStates(listener.heard, house.root)).toEqual([]);
        await waitFor(
          'the summary tells of mains again',
          () => listener.newest('space/v1/policy/state/space/main')?.on_battery === 0,
        );
        const onBattery = listener.heard.find(({ topic }) => topic.endsWith('/evt/ups/rack/on-battery'));
        expect(JSON.parse(onBattery?.text ?? '{}')).toMatchObject({
          specversion: '1.0',
          source: '/house/ups-monitor',
          type: 'ups.on-battery',
          subject: 'ups/rack',
          dataschema: '/schemas/ups.on-battery/1',
          data: { ups: 'rack', charge_pct: 100, runtime_s: 2400 },
        });
        expect(onBattery?.retained).toBe(false);
      });

      it('never lets an internal event or an actor out', () => {
        const events = listener.heard.filter(({ topic }) => topic.includes('/evt/'));
        expect(events.length).toBeGreaterThan(10);
        expect(
          events.filter(
            ({ topic }) =>
              /desired-state|power-requested|power-accepted|\/found/.test(topic) && !topic.includes('/ups/'),
          ),
        ).toEqual([]);
        expect(events.filter(({ text }) => text.includes('"actor"'))).toEqual([]);
      });

      it('sends nothing that Grafana’s datasource would drop or break on', () => {
        expect(framerProblems(listener.heard)).toEqual([]);
      });

      it('speaks of the board’s guest and of one in no pool nowhere: no answer, event, topic, payload, log line or count', async () => {
        const answers = [
          '/api/v1/vms',
          '/api/v1/ups',
          '/api/v1/decisions?limit=1000',
          '/api/v1/power',
          '/api/v1/rules',
          '/health/ready',
          '/metrics',
          ...serviceNames.flatMap((service) => [
            `/api/v1/${service}/events?after=0&limit=1000`,
            `/api/v1/${service}/snapshot`,
          ]),
        ];
        const texts = await Promise.all(
          answers.map(async (where) => ({ where, text: await house.text(where) })),
        );
        const heard = listener.heard.map(({ topic, text }) => ({ where: 'MQTT', text: `${topic} ${text}` }));
        expect(leaks([...texts, ...heard, { where: 'log', text: house.output() }])).toEqual([]);
        expect(await house.get('/api/v1/vms')).toMatchObject({ count: 8 });
        for (const { vmid } of Object.values(hidden))
          expect(await house.status(`/api/v1/vms/${vmid}`)).toBe(404);
      });
    },
  );
}

function classOf(vmid: number): string {
  return Object.entries(running).find(([, vmids]) => vmids.some((each) => each === vmid))?.[0] ?? 'none';
}
