import { Creation } from '@huismeester/contracts';
import { NotFine } from '../errors.ts';
import { printable } from '../printable.ts';
import type { Connected, Shell } from '../shell.ts';
import { diskText, memoryText } from './amounts.ts';
import { watch } from './watch.ts';
import type { Words } from './words-en.ts';

/**
 * Shows how a VM is made, a line for each step, and ends with how to log in. When the person has seen enough it goes on without them. Throws
 * {@link NotFine} when it could not be made, with what to do.
 */
export async function followCreation(
  { api, output }: Connected,
  begun: Creation,
  words: Words,
  shell: Pick<Shell, 'untilStopped'>,
): Promise<void> {
  const { create } = words;
  const say = (text: string) => {
    if (!output.json) output.print(printable(text));
  };
  const size = [create.cores(begun.cores), memoryText(begun.memory_mib), diskText(begun.disk_gib)].join(', ');
  say(create.begun(begun.name, begun.vm, size, begun.template));
  const show = progress(words, say);
  show(begun);
  const path = `/api/v1/creations/${encodeURIComponent(begun.id)}`;
  const found = begun.ready
    ? begun
    : await watch({
        api,
        read: () => api.get(path, Creation),
        show,
        isOver: ({ ready }) => ready,
        note: output.note,
        signal: shell.untilStopped(),
      });
  if (found === undefined) return output.answer(begun, create.goesOn(begun.id));
  ended(found, words, (lines) => output.answer(found, ...lines.map(printable)));
}

/** Says each step once, and once why it waits. */
function progress({ create }: Words, say: (text: string) => void): (found: Creation) => void {
  let shown = 0;
  let waiting: string | undefined;
  return ({ steps, ready, error }) => {
    const [first] = steps;
    for (const { step, at } of steps.slice(shown)) {
      if (step === 'done' || step === 'failed') continue;
      const after = Math.round((Date.parse(at) - Date.parse(first?.at ?? at)) / 1000);
      say(`${String(after).padStart(5)} s  ${create.steps[step]}`);
      waiting = undefined;
    }
    shown = steps.length;
    if (!ready && error !== undefined && error !== waiting) say(`         ${create.waits(error)}`);
    waiting = error;
  };
}

function ended(
  { id, name, step, ssh, address, hint, error = '' }: Creation,
  { create }: Words,
  answer: (lines: readonly string[]) => void,
): void {
  if (step === 'done') {
    answer(
      ssh !== undefined && address !== undefined ? [ssh] : [create.noAddress(name), ...(hint ? [hint] : [])],
    );
    return;
  }
  answer([]);
  if (step === 'given-up') throw new NotFine(printable(create.givenUp(name)));
  const lines = [create.failed(name, error), ...(hint === undefined ? [] : [`  ${hint}`]), create.next(id)];
  throw new NotFine(lines.map(printable).join('\n'));
}
