import type { StoredEvent } from '@huismeester/contracts';
import type { Command } from 'commander';
import { follow } from '../events/follow.ts';
import { eventLine } from '../events/line.ts';
import { readNewest } from '../events/read.ts';
import { type Connected, connected, type Shell } from '../shell.ts';

interface Watching {
  /** Whether to go on after the list. */
  readonly follow: boolean;
  readonly show: (connected: Connected) => Promise<void>;
  /** Which of netwatch's events change the list. */
  readonly changes: (event: StoredEvent) => boolean;
}

export const followOption = [
  '-f, --follow',
  'then print what changes, until Ctrl-C; survives a restart of Huismeester',
] as const;

/** Shows a list, and where that is asked for then each event that changes it, a line each; with `--json` one event a line. */
export function watching(
  command: Command,
  shell: Shell,
  { follow: goesOn, show, changes }: Watching,
): Promise<void> {
  return connected(command, shell, async ({ api, output }) => {
    // Before the list is read: what changes meanwhile is shown rather twice than not at all.
    const { cursor } = goesOn ? await readNewest(api, 'netwatch', {}, 0) : {};
    await show({ api, output });
    if (!cursor) return;
    await follow({
      api,
      filter: {},
      cursors: [cursor],
      show: (events) => {
        for (const event of events.filter(changes)) output.answer(event, eventLine(output, event));
      },
      note: output.note,
      signal: shell.untilStopped(),
    });
  });
}
