import { expect, it } from 'vitest';
import { settingsOfOne } from './run-alone.ts';
import { parseSettings } from './settings/parse.ts';

const external = 'broker: { url: mqtt://b }\ndatabase: { url: postgres://h/h }\n';
const services = `services:
  policy: { url: "http://10.0.0.7:8083", secret: the-secret-of-policy, listen: { port: 8083, socket: ./var/policy.sock } }
  ups-monitor: { url: "http://10.0.0.7:8081", secret: the-secret-of-ups-monitor }
`;

const parse = (text: string) =>
  parseSettings(`site: { id: a, name: A }\nhttp: { host: 10.0.0.7 }\n${text}`, {
    file: 'space.yaml',
    env: {},
    readFile: () => '',
  });

it('a service alone listens where listen says, and otherwise where http does', () => {
  const settings = parse(external + services);
  expect(settingsOfOne(settings, 'policy').http).toEqual({
    acceptPlainPasswords: false,
    host: '10.0.0.7',
    port: 8083,
    trustedProxy: 'loopback',
    socket: './var/policy.sock',
  });
  expect(settingsOfOne(settings, 'ups-monitor').http).toEqual(settings.http);
  expect(settingsOfOne(settings, 'vm-lifecycle').services).toBe(settings.services);
});

it('a service alone shares broker and database with the others, and needs none when there are no others', () => {
  const embedded = { broker: 'broker: { embedded: {} }\n', database: 'database: { url: postgres://h/h }\n' };
  expect(() => settingsOfOne(parse(Object.values(embedded).join('') + services), 'policy')).toThrow(
    /^broker: found embedded, allowed .*: \{ url: mqtts/,
  );
  const own = 'broker: { url: mqtt://b }\ndatabase: { embedded: { dir: ./db }, acceptPowerLossRisk: true }\n';
  expect(() => settingsOfOne(parse(own + services), 'policy')).toThrow(
    /^database: found embedded, which one process/,
  );
  expect(settingsOfOne(parse(own), 'policy').database).toHaveProperty('embedded');
});
