import { decimal } from '@huismeester/contracts/sentences';
import { serverNow } from '../../app/clock.ts';
import { language } from '../../words/language.ts';
import { civil, fullMoment, moment } from '../../words/time.ts';
import type { Amounts } from './model.ts';
import { words } from './words.ts';

const dayMs = 86_400_000;

/** MiB as people write them: `512 MiB`, `2 GiB`. */
export function memoryText(mib: number): string {
  return mib < 1024 ? `${mib} MiB` : `${decimal(mib / 1024, language.value, 2)} GiB`;
}

/** `1 core, 2 GiB geheugen, 20 GiB schijf`; what is not known is left out. */
export function sizeText({ cores, memory_mib, disk_gib }: Partial<Amounts>): string | undefined {
  const text = words.value;
  const parts = [
    cores === undefined ? undefined : text.cores(cores),
    memory_mib === undefined ? undefined : text.memory(memoryText(memory_mib)),
    disk_gib === undefined ? undefined : text.disk(`${disk_gib} GiB`),
  ].filter((each) => each !== undefined);
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** `zondag om 18:00` within the week, else with the date. */
export function dayAndTime(at: string): string {
  const left = new Date(at).getTime() - serverNow();
  if (left < 0) return moment(at, serverNow());
  if (left > 6 * dayMs) return fullMoment(at);
  return words.value.dayAt(civil(at, { weekday: 'long' }), civil(at, { hour: '2-digit', minute: '2-digit' }));
}
