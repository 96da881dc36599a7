import { parseSettings } from '@huismeester/service';
import { expect, it } from 'vitest';
import { welcome } from './banner.ts';

function banner(
  broker: string,
  more: { mqttUrl?: string; mqttProblem?: string; demo?: boolean } = {},
): string {
  const text = `site: { id: a, name: A }\nbroker: ${broker}\ndatabase: { url: postgres://h/h }\n`;
  const settings = parseSettings(text, { file: 'space.yaml', env: {}, readFile: () => '' });
  const { mqttUrl = 'mqtt://127.0.0.1:1884', mqttProblem, demo = false } = more;
  const running = { url: 'http://127.0.0.1:8080', firstToken: undefined, demo, settings };
  const page = 'http://127.0.0.1:8080/';
  return welcome({ ...running, mqttUrl: mqttProblem === undefined ? mqttUrl : undefined, mqttProblem }, page);
}

it.each([
  [
    'anybody may',
    '{ embedded: { anonymousRead: true }, root: a/b }',
    "mqtt://127.0.0.1:1884   (mosquitto_sub -p 1884 -v -t 'a/b/v1/#')\n",
  ],
  [
    'a reader may',
    '{ embedded: { readers: [{ username: light, password: hunter2 }] } }',
    "(mosquitto_sub -p 1884 -u light -P … -v -t 'space/v1/#', with that reader’s password)\n",
  ],
  [
    'nobody may',
    '{ embedded: {} }',
    '(nobody may read it yet: name who may under broker.embedded.readers)\n',
  ],
])('the banner says how to listen where %s', (_who, broker, said) => {
  expect(banner(broker)).toContain(said);
  expect(banner(broker)).not.toContain('hunter2');
});

it('the banner names another broker, and how to listen there is that broker’s', () => {
  const text = banner('{ url: "mqtts://broker:8883" }', { mqttUrl: 'mqtts://broker:8883' });
  expect(text).toContain('  MQTT                mqtts://broker:8883\n');
  expect(text).not.toContain('mosquitto_sub');
});

it('the banner says why there is no broker', () => {
  const text = banner('{ embedded: {} }', { mqttProblem: 'broker.embedded.port: taken' });
  expect(text).toContain('  MQTT                none: broker.embedded.port: taken\n');
});

it('the banner of a demo says that it is one, and what to try', () => {
  const text = banner('{ embedded: {} }', { demo: true });
  expect(text).toContain('DEMO');
  for (const act of ['power-cut', 'unplug gi1/0/3', 'break website', 'mails'])
    expect(text).toContain(`huismeester demo ${act} `);
  expect(banner('{ embedded: {} }')).not.toContain('DEMO');
});
