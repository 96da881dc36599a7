import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { cause } from './cause.ts';
import { chain, chainBesideNetwatch } from './chain.ts';
import { demo } from './demo.ts';
import { drillAlone } from './drill.ts';
import { idle } from './idle.ts';
import { chainBesideSweep } from './leases/beside.ts';
import { leaseSweep } from './leases/sweep.ts';
import { mails } from './mails/rows.ts';
import { manyProbes } from './many-probes.ts';
import { manySwitches } from './many-switches.ts';
import { manyUpses } from './many-upses.ts';
import { besidePages } from './page/beside.ts';
import { page } from './page/rows.ts';
import { typing } from './page/typing.ts';
import { loginFlood } from './people/flood.ts';
import { people } from './people/rows.ts';
import { portDown } from './port-down.ts';
import { publish } from './publish.ts';
import { reaction } from './reaction.ts';
import { reader } from './reader.ts';
import { boardReport } from './report.ts';
import { resume } from './resume.ts';
import { retention } from './retention.ts';
import { markdown, type Row } from './row.ts';
import { switchState } from './switch-state.ts';
import { counting } from './team/counting.ts';
import { departure } from './team/departure.ts';
import { review } from './team/review.ts';
import { imports } from './things/import.ts';
import { register } from './things/register.ts';
import { wikiPages } from './things/wiki.ts';
import { throughput } from './throughput.ts';
import { making } from './vms/making.ts';
import { vmsPage } from './vms/page.ts';
import { vmsRefresh } from './vms/refresh.ts';
import { wake } from './wake.ts';

const file = new URL('../../docs/benchmarks.md', import.meta.url);

const benches: Record<string, () => Promise<Row | Row[]>> = {
  reaction: () => reaction(20),
  chain: () => chain(4),
  'chain-beside': () => chainBesideNetwatch(4),
  throughput: () => throughput(3),
  wake: () => wake(3),
  publish: () => publish(3),
  reader: () => reader(3),
  drill: async () => drillAlone(5),
  resume: () => resume(3),
  retention,
  upses: () => manyUpses([100, 400, 718], 20_000, 20_000),
  idle: () => idle(30_000),
  demo: () => demo(3),
  switches: () => manySwitches(60_000),
  'port-down': portDown,
  probes: () => manyProbes(60_000),
  cause: async () => cause(11),
  'switch-state': () => switchState(5),
  people,
  'login-flood': () => loginFlood(4),
  making: () => making(3),
  leases: async () => leaseSweep(11),
  'vms-page': () => vmsPage(10_000),
  'vms-refresh': () => vmsRefresh(5),
  mails: () => mails(3),
  'chain-beside-sweep': () => chainBesideSweep(4),
  counting: async () => counting(11),
  departure: async () => departure(51),
  review: () => review(5),
  imports: () => imports(4),
  register: () => register(500),
  wiki: () => wikiPages(5),
  report: () => boardReport(5),
  page: () => page(5),
  typing: () => typing(5),
  web: () => besidePages(8),
};

const { values, positionals } = parseArgs({ options: { keep: { type: 'boolean' } }, allowPositionals: true });
const names = positionals.length > 0 ? positionals : Object.keys(benches);
const rows: Row[] = [];
for (const name of names) {
  const bench = benches[name];
  if (!bench) throw new Error(`no benchmark "${name}"; there are: ${Object.keys(benches).join(', ')}`);
  process.stderr.write(`${name}…\n`);
  const found = [await bench()].flat();
  // Already now: it takes long, and the next one may fail.
  process.stderr.write(`${markdown(found)}\n`);
  rows.push(...found);
}
const table = markdown(rows);
process.stdout.write(`${table}\n`);
if (values.keep) await keep(table);
if (rows.some((row) => !row.met)) process.exitCode = 1;

/** Replaces those rows of the table in docs/benchmarks.md, or adds them; what people wrote around it stays. */
async function keep(measured: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  const [head = '', line = '', ...anew] = measured.split('\n');
  const what = (row: string) => row.split(' | ')[0] ?? '';
  const kept = [...text.matchAll(/^\| (?!what ).*$/gm)].map(([row]) => row);
  const rows = new Map([...kept, ...anew].map((row) => [what(row), row]));
  const newTable = [head, line, ...rows.values()].join('\n');
  const cpu = cpus();
  const about = `Measured ${new Date().toISOString().slice(0, 10)} on ${cpu.length} × ${cpu[0]?.model.trim() ?? 'unknown'}, Node ${process.version}.`;
  const marked = /<!-- table -->[\s\S]*<!-- end -->/;
  await writeFile(file, text.replace(marked, `<!-- table -->\n${about}\n\n${newTable}\n<!-- end -->`));
}
