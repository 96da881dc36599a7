import type { ProbeSettings } from '@huismeester/contracts';

/** A probe that nothing depends on, as settings have it when they say little; of kind tcp unless `more` says so. */
export function probeSettings(more: Partial<ProbeSettings> = {}): ProbeSettings {
  return {
    id: 'web',
    kind: 'tcp',
    host: '192.0.2.1',
    port: 80,
    core: false,
    poweredBy: [],
    dependsOn: [],
    deadline: '60s',
    down: { failed: 3 },
    up: { good: 2 },
    ...more,
  } as ProbeSettings;
}
