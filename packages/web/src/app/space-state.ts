import type { Now, ServiceName } from '@huismeester/contracts';
import { computed, signal } from '@preact/signals';
import type { Tone } from '../parts/tone.ts';
import { isOffline } from './connection.ts';

/** Whose events may change how the space is. */
export const nowServices: readonly ServiceName[] = [
  'policy',
  'ups-monitor',
  'vm-lifecycle',
  'netwatch',
  'membership',
  'inventory',
];

/** How the space is, as it was last heard; the frame of the page keeps it up to date. */
export const newest = signal<Now | undefined>(undefined);

const tones: Readonly<Record<Now['state'], Tone>> = {
  fine: 'good',
  attention: 'warn',
  serious: 'bad',
  cut: 'bad',
  unknown: 'unknown',
};
const marks: Readonly<Record<Tone, string>> = { good: '', calm: '', warn: '▲ ', bad: '■ ', unknown: '? ' };

/** Whether the mains is back in every outage: what went off is being started. */
function isRecovering(now: Now | undefined): boolean {
  const outages = now?.outages ?? [];
  return outages.length > 0 && outages.every(({ stage }) => stage === 'recovering');
}

/** How the space is shown; what is not known now is unknown, whatever it was. */
export function toneOf(now: Now | undefined): Tone {
  if (now === undefined) return 'unknown';
  return isRecovering(now) && !now.counts.serious ? 'warn' : tones[now.state];
}

/** The mark before the title, and the icon, of the space as it is now. */
export const spaceState = computed(() => {
  const tone = isOffline.value ? 'unknown' : toneOf(newest.value);
  return { tone, mark: marks[tone], icon: iconOf(tone) };
});

const drawn: Readonly<Record<Tone, readonly [color: string, path: string]>> = {
  good: ['#1f7a4d', 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Z'],
  calm: ['#6b7280', 'M1 6h14v4H1Z'],
  warn: ['#b45309', 'M8 1 15.5 15H.5Z'],
  bad: ['#b91c1c', 'M1.5 1.5h13v13h-13Z'],
  unknown: ['#6b7280', 'M8 1a7 7 0 0 1 7 7h-3a4 4 0 1 0-4 4v3A7 7 0 0 1 8 1Z'],
};

function iconOf(tone: Tone): string {
  const [color, path] = drawn[tone];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="${color}" d="${path}"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
