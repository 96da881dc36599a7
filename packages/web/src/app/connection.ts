import { computed, signal } from '@preact/signals';
import { heardAt, live } from '../api/live.ts';
import { serverNow } from './clock.ts';

/** After so long without any answer what is shown is grey, and nothing can be done. */
const offlineMs = 30_000;
const second = signal(serverNow());
setInterval(() => {
  second.value = serverNow();
}, 1_000);

/** How long ago the server was heard, ms; undefined before the first time. */
const silentMs = computed(() =>
  heardAt.value === undefined ? undefined : Math.max(0, second.value - heardAt.value),
);

/** Whether what is on the screen is not of now: it says of when it is. */
export const isDelayed = computed(() => !live.value && (silentMs.value ?? 0) > 7_000);

/** Whether the server was not heard for so long that what is shown is grey, and buttons are off. */
export const isOffline = computed(() => (silentMs.value ?? 0) > offlineMs);
