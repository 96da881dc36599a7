import { expect, test } from 'vitest';
import { parseSettings } from './parse.ts';
import { shownSettings } from './shown.ts';

const secret = 'hunter2-hunter2-hunter2-hunter2-hunter2';

const yaml = `
site: { id: test, name: Test }
http: { port: 8080, socket: /run/socket }
broker: { url: 'mqtt://broker.test:1883', username: main, password: ${secret} }
database: { url: 'postgres://huismeester:${secret}@db.test/main' }
secrets: { key: ${secret} }
ups:
  - { id: rack, upsd: { host: nut.test, name: ups, username: monitor, password: ${secret} } }
probes:
  - { id: website, kind: http, url: 'https://www.test/status?key=${secret}' }
notices:
  ntfy: { url: 'https://ntfy.test', topic: hunter2-topic }
  webhook: { url: 'https://hooks.test/services/${secret}', secret: ${secret} }
`;

test('settings are shown with their defaults, and nothing of what is secret', () => {
  const settings = parseSettings(yaml, { file: 'space.yaml', env: {}, readFile: () => '' });
  const shown = shownSettings(settings);
  const at = (path: string) => shown.find((each) => each.path === path);
  expect(JSON.stringify(shown)).not.toContain('hunter2');
  expect(at('site.name')).toEqual({ path: 'site.name', value: 'Test' });
  expect(at('http.port')).toEqual({ path: 'http.port', value: 8080 });
  expect(at('policy.power.onBatteryHold')).toEqual({ path: 'policy.power.onBatteryHold', value: '30s' });
  expect(at('ups[0].upsd.host')).toEqual({ path: 'ups[0].upsd.host', value: 'nut.test' });
  expect(at('ups[0].upsd.password')).toEqual({ path: 'ups[0].upsd.password', secret: true });
  expect(at('database.url')).toEqual({ path: 'database.url', secret: true });
  expect(at('broker.url')).toEqual({ path: 'broker.url', value: 'mqtt://broker.test:1883' });
  expect(at('probes[0].url')).toEqual({ path: 'probes[0].url', value: 'https://www.test/status…' });
  expect(at('notices.webhook.url')).toEqual({ path: 'notices.webhook.url', value: 'https://hooks.test/…' });
});
