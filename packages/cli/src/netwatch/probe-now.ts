import { ProbeResource } from '@huismeester/contracts';
import type { Command } from 'commander';
import { NotFine } from '../errors.ts';
import { printable } from '../printable.ts';
import { connected, type Shell } from '../shell.ts';
import { civilTime } from '../time.ts';
import { latencyOf } from './figures.ts';
import { listed, whyOf } from './status.ts';

/** `probe-now`: has netwatch look at one service at once; fails when that look was not good. */
export function addProbeNow(program: Command, shell: Shell): void {
  program
    .command('probe-now')
    .argument('<name>', 'a probe by its id, as `probes` shows it')
    .description('look at a service now, and show what was found; exit code 1 when it does not answer well')
    .action((name: string, _: object, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const id = encodeURIComponent(name.replace(/^probe\//, ''));
        const probe = await api.send('POST', `/api/v1/probes/${id}/look`, {}, ProbeResource);
        const said = printable(`${probe.id}: ${foundBy(probe)}`);
        output.answer(probe, said, printable(status(probe)));
        const { outcome = 'unknown' } = probe.found ?? {};
        if (outcome === 'down' || outcome === 'unknown') throw new NotFine(`the look at ${id} was not good`);
      }),
    );
}

function foundBy({ found, latency_ms, target }: ProbeResource): string {
  if (!found) return `nobody has looked at ${target} yet`;
  const { outcome, reason, detail, defect } = found;
  const took = latency_ms === undefined ? '' : ` in ${latencyOf(latency_ms)}`;
  const why = listed(reason, detail);
  switch (outcome) {
    case 'up':
      return `${target} answers${took}`;
    case 'degraded':
      return `${target} answers${took}, with a defect (${listed(defect, detail)})`;
    case 'down':
      return `${target} fails (${why})`;
    default:
      return `${target} could not be looked at (${why || 'it says itself that it does not know'})`;
  }
}

function status(probe: ProbeResource): string {
  const why = whyOf(probe);
  const since = probe.since === undefined ? '' : ` since ${civilTime(probe.since)}`;
  return `Its state is ${probe.state}${since}${why && ` (${why})`}; a state follows after several looks.`;
}
