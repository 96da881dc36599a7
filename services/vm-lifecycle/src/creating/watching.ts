import { answerOf } from '../adapters/call.ts';
import type { TaskState } from '../core/plan.ts';
import { sinceMs } from '../core/retry.ts';
import type { Stored } from './creations.ts';

/** How soon a task is looked at again, in milliseconds: its owner is to see the next step within a second, and most are short. */
const taskMs = { atFirst: 150, later: 300, firstMs: 5_000 } as const;
/** How soon it is looked again at what is not clear yet, in milliseconds. */
export const lookAgainMs = 1_000;
/** How soon Proxmox is asked again that could not be asked, in milliseconds. */
const awayMs = 2_000;

/** The node on which a task runs, as its UPID has it. */
function nodeOf(upid: string): string {
  return upid.split(':')[1] ?? '';
}

/** What became of the task that was accepted, or in how many milliseconds it is looked at again. */
export async function afterTask(
  hypervisor: { readonly taskState: (node: string, upid: string) => Promise<TaskState> },
  { state }: Stored,
  now: Date,
): Promise<number | { ended: 'ok' } | { ended: 'failed'; exit: string } | { ended: 'unknown' }> {
  const upid = state.upid ?? '';
  const task = await answerOf(() => hypervisor.taskState(nodeOf(upid), upid));
  if ('code' in task) return awayMs;
  if (task.state === 'running') {
    const age = sinceMs(new Date(state.askedAt ?? 0), now);
    return age < taskMs.firstMs ? taskMs.atFirst : taskMs.later;
  }
  if (task.state === 'gone') return { ended: 'unknown' };
  return task.ok ? { ended: 'ok' } : { ended: 'failed', exit: task.exit };
}
