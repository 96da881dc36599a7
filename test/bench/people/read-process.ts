// Reads the directory of BENCH_SETTINGS in a process that does nothing else, and beside it the same entries with ldapts' own Client, in turns,
// BENCH_ROUNDS times each. Prints what each took, as JSON.
import { setTimeout as pause } from 'node:timers/promises';
import { openDirectory } from '@huismeester/directory';
import { Client } from 'ldapts';
import { settingsOfBench } from '../settings-of-bench.ts';
import type { ReadTimes } from './read-times.ts';

const settings = settingsOfBench();
if (!settings.directory || !('ldap' in settings.directory)) throw new Error('the settings name no LDAP');
const { ldap } = settings.directory;
const directory = openDirectory(settings.directory);
const rounds = Number(process.env.BENCH_ROUNDS ?? 1);
/** After each, so that the garbage of one is not collected in the other. */
const restMs = 150;

const ours: ReadTimes[] = [];
const theirs: ReadTimes[] = [];
for (let round = 0; round < rounds; round += 1) {
  ours.push(await timed(read));
  theirs.push(await timed(search));
}
process.stdout.write(`read ${JSON.stringify({ ours, theirs })}\n`);

async function read(): Promise<void> {
  const { people, groups } = await directory.read(AbortSignal.timeout(60_000));
  const { participants } = groups;
  if (participants.state !== 'known' || participants.members.size !== people.length)
    throw new Error('the read is not whole');
}

/** What it takes without an order of the groups, the limits of time, or any check: two searches in pages of 500. */
async function search(): Promise<void> {
  const client = new Client({ url: ldap.urls[0] ?? '' });
  try {
    await client.bind(ldap.bindDn ?? '', ldap.bindPassword ?? '');
    const paged = { pageSize: 500 };
    const { id, uid, name, mail, sshKeys } = ldap.attributes;
    const attributes = [id, uid, name, mail, sshKeys, ...Object.keys(ldap.disabled)];
    await client.search(ldap.base, { filter: ldap.filter, attributes, paged });
    const groups = (ldap.groups.participants ?? '').split(',').slice(1).join(',');
    await client.search(groups, { attributes: ['objectClass', 'cn', 'member'], paged });
  } finally {
    await client.unbind();
  }
}

async function timed(work: () => Promise<void>): Promise<ReadTimes> {
  await pause(restMs);
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  await work();
  const wallMs = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs, cpuMs: (user + system) / 1000 };
}
