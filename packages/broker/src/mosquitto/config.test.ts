import { serviceNames } from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import { mosquittoConfig, mosquittoSnippet } from './config.ts';

const place = { root: 'space', port: 1883, dir: '/etc/mosquitto' };

describe('mosquittoConfig', () => {
  it('is closed if nothing else is asked: loopback, no anonymous, no reader', () => {
    const { conf, acl, passwordsNeeded } = mosquittoConfig(place);
    expect(conf).toContain('listener 1883 127.0.0.1\n');
    expect(conf).toContain('allow_anonymous false\n');
    expect(conf).toContain('set_tcp_nodelay true\n');
    expect(passwordsNeeded).toEqual(serviceNames);
    expect(acl.slice(0, acl.indexOf('user '))).not.toContain('topic');
  });

  it('gives each service its own topics, and readers nothing to write', () => {
    const { acl } = mosquittoConfig({ ...place, readers: ['grafana'] });
    const [, ups = ''] = /user ups-monitor\n((?:topic .*\n)+)/.exec(acl) ?? [];
    expect(ups.match(/^topic write .*/gm)).toEqual([
      'topic write space/v1/ups-monitor/status',
      'topic write space/v1/ups-monitor/state/#',
      'topic write space/v1/ups-monitor/graf/#',
      'topic write space/v1/ups-monitor/evt/#',
    ]);
    expect(acl).toMatch(/user grafana\ntopic read space\/v1\/#\n(?!topic)/);
  });

  it('puts what anybody may read before the first user', () => {
    const { acl, conf } = mosquittoConfig({ ...place, anonymousRead: true });
    expect(conf).toContain('allow_anonymous true\n');
    expect(acl.slice(0, acl.indexOf('user '))).toMatch(/^topic read space\/v1\/#$/m);
  });

  it('refuses a name that would add lines of its own', () => {
    expect(() => mosquittoConfig({ ...place, readers: ['x\ntopic write #'] })).toThrow('is not of a-z');
  });

  it('keeps its database elsewhere, and asks for TLS, if told to', () => {
    const { conf } = mosquittoConfig({
      ...place,
      host: 'broker.space',
      tls: true,
      dataDir: '/var/lib/mosquitto',
    });
    expect(conf).toContain('listener 1883 broker.space\ncertfile /etc/mosquitto/certs/server.crt\n');
    expect(conf).toContain('persistence_location /var/lib/mosquitto/\n');
  });

  it('gives the one user of a process what all services may, and no service a login of its own', () => {
    const { acl, passwordsNeeded } = mosquittoConfig({ ...place, user: 'huismeester', readers: ['light'] });
    expect(passwordsNeeded).toEqual(['huismeester', 'light']);
    const writes = acl.match(/^topic write .*\/status$/gm);
    expect(writes).toEqual(serviceNames.map((name) => `topic write space/v1/${name}/status`));
    expect(mosquittoConfig({ ...place, user: 'policy' })).toEqual(mosquittoConfig(place));
  });

  it.each([
    ['two\nlines', 'is not of printable ASCII'],
    ['a:b', 'is not of printable ASCII'],
    ['light', 'is a reader too'],
  ])('refuses %j as that user', (user, message) => {
    expect(() => mosquittoConfig({ ...place, user, readers: ['light'] })).toThrow(message);
  });
});

describe('mosquittoSnippet', () => {
  const { port: _, ...ours } = place;

  it('leaves listeners and files of the broker alone, and asks for what it must have', () => {
    const { conf } = mosquittoSnippet(ours);
    const settings = conf.split('\n').filter((line) => line && !line.startsWith('#'));
    expect(settings).toEqual([
      'allow_anonymous false',
      'password_file /etc/mosquitto/passwords',
      'acl_file /etc/mosquitto/acl',
      'set_tcp_nodelay true',
      'max_queued_messages 1000',
      'persistence true',
      'autosave_interval 30',
    ]);
  });

  it('grants what the whole configuration grants', () => {
    const options = { ...place, readers: ['light'], anonymousRead: true };
    const grants = (acl: string) => acl.split('\n').filter((line) => line && !line.startsWith('#'));
    const [snippet, whole] = [mosquittoSnippet(options), mosquittoConfig(options)];
    expect(grants(snippet.acl)).toEqual(grants(whole.acl));
    expect(snippet.passwordsNeeded).toEqual(whole.passwordsNeeded);
  });
});
