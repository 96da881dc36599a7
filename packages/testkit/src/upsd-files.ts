import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NssCertificates } from './nss.ts';
import { quoted } from './upsd-line.ts';
import type { UpsdUps, UpsdUser } from './upsd-parts.ts';

interface Configuration {
  dir: string;
  host: string;
  port: number;
  ups: UpsdUps[];
  users: UpsdUser[];
  maxAgeS: number;
  certificates?: NssCertificates | undefined;
}

/** Writes ups.conf, upsd.conf, upsd.users and a recording for each UPS whose variables were given. */
export async function writeUpsdFiles(config: Configuration): Promise<void> {
  const { dir, certificates } = config;
  await mkdir(dir, { recursive: true });
  const write = (name: string, lines: string[]) =>
    writeFile(join(dir, name), `${lines.join('\n')}\n`, { mode: 0o600 });
  for (const ups of config.ups) {
    if ('vars' in ups) await write(`${ups.name}.dev`, recording(ups.vars));
  }
  await write('ups.conf', ['pollinterval = 1', ...config.ups.flatMap((ups) => section(dir, ups))]);
  await write('upsd.conf', [
    `LISTEN ${config.host} ${config.port}`,
    `MAXAGE ${config.maxAgeS}`,
    ...(certificates
      ? [`CERTPATH ${certificates.dir}`, `CERTIDENT ${certificates.nickname} ${certificates.password}`]
      : []),
  ]);
  await write(
    'upsd.users',
    config.users.flatMap(({ name, password, actions = ['SET', 'FSD'], upsmon }) => [
      `[${name}]`,
      `password = ${quoted(password)}`,
      ...actions.map((action) => `actions = ${action}`),
      'instcmds = ALL',
      ...(upsmon ? [`upsmon ${upsmon}`] : []),
    ]),
  );
}

function section(dir: string, ups: UpsdUps): string[] {
  return [
    `[${ups.name}]`,
    'driver = dummy-ups',
    `port = ${'vars' in ups ? join(dir, `${ups.name}.dev`) : ups.file}`,
    `mode = ${'vars' in ups ? 'dummy-once' : (ups.mode ?? 'dummy-once')}`,
    ...(ups.description === undefined ? [] : [`desc = ${quoted(ups.description)}`]),
  ];
}

function recording(vars: Record<string, string>): string[] {
  return Object.entries(vars).map(([name, value]) => `${name}: ${quoted(value)}`);
}
