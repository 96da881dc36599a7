/** How something is: `unknown` is never shown as good, nor as bad; `calm` is neither, such as a VM that is meant to be off. */
export type Tone = 'good' | 'warn' | 'bad' | 'unknown' | 'calm';
