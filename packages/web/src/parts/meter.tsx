import type { Tone } from './tone.ts';

/** How much of something is used, or is left, as a bar with its words beside it. `part` is 0 to 1; undefined is unknown, and shows no bar. */
export function Meter({
  label,
  text,
  part,
  tone = 'good',
}: {
  readonly label: string;
  readonly text: string;
  readonly part: number | undefined;
  readonly tone?: Tone;
}) {
  const percent = part === undefined ? 0 : Math.round(Math.min(1, Math.max(0, part)) * 100);
  return (
    <div class={`meter ${part === undefined ? 'unknown' : tone}`}>
      <span class="meter-label">{label}</span>
      <span class="meter-text">{text}</span>
      <svg class="meter-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect class="meter-all" width="100" height="4" />
        <rect class="meter-part" width={percent} height="4" />
      </svg>
    </div>
  );
}
