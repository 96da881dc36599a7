import { join } from 'node:path';
import type { SpaceSettings } from '@huismeester/contracts';
import { parseSettings } from '../../src/index.ts';

/** Settings of a site in one directory: an embedded broker, everything on free ports, and an embedded database unless a URL is given. */
export function siteIn(dir: string, more = '', url?: string): SpaceSettings {
  const embedded = `{ embedded: { dir: ${join(dir, 'db')} }, acceptPowerLossRisk: true }`;
  const text = `
site: { id: test, name: Test }
http: { port: 0, socket: ${join(dir, 'run', 'h.sock')} }
broker: { embedded: { port: 0, readers: [{ username: light, password: red }] } }
database: ${url === undefined ? embedded : `{ url: "${url}" }`}
${more}`;
  return parseSettings(text, {
    file: join(dir, 'space.yaml'),
    env: {},
    readFile: () => {
      throw new Error('no file is named');
    },
  });
}
