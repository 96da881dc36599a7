import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type ServiceName, type SpaceSettings, serviceNames } from '@huismeester/contracts';
import { createLogger } from './logger.ts';
import { finishStart } from './prepare-process.ts';
import { endUnstarted, NotForProcesses } from './process/start-failure.ts';
import { runServices } from './run-services.ts';
import type { CreateService } from './service.ts';
import { loadSettings } from './settings/load.ts';
import { secretsOfOthers } from './settings/unread.ts';

/**
 * Runs one service as a process of its own, with the settings of `--config FILE` (space.yaml), until a signal ends it.
 * Why it cannot start goes to the standard error, and the process ends with 1.
 */
export async function runAlone(name: ServiceName, create: CreateService): Promise<void> {
  const logger = createLogger();
  try {
    const { values } = parseArgs({ options: { config: { type: 'string', default: 'space.yaml' } } });
    const settings = settingsOfOne(
      await loadSettings(values.config, process.env, secretsOfOthers(name)),
      name,
    );
    const version = await ownVersion();
    const listenSetting = settings.services[name] ? `services.${name}.listen` : 'http';
    const options = { logger, version, handleSignals: true, listenSetting };
    const running = await runServices(settings, { [name]: create }, options);
    if (running.firstToken !== undefined) {
      process.stderr.write(`The administrator's token, shown this once: ${running.firstToken}\n`);
    }
    finishStart();
  } catch (error) {
    endUnstarted(error, logger);
  }
}

/**
 * The settings of the process that runs this service alone: it listens where `services.<name>.listen` says. Throws a
 * {@link NotForProcesses} when the others are processes of their own and could not share the broker or the database.
 */
export function settingsOfOne(settings: SpaceSettings, name: ServiceName): SpaceSettings {
  const others = serviceNames.filter((each) => each !== name && settings.services[each] !== undefined);
  if (others.length > 0) {
    if ('embedded' in settings.broker) {
      throw new NotForProcesses(
        'broker: found embedded, allowed where services are processes of their own: { url: mqtts://… }, one broker for all of them',
      );
    }
    if ('embedded' in settings.database) {
      throw new NotForProcesses(
        'database: found embedded, which one process alone can open, allowed where services are processes of their own: { url: postgres://… }',
      );
    }
  }
  return { ...settings, http: { ...settings.http, ...settings.services[name]?.listen } };
}

async function ownVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
  const known = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return known ? String(manifest.version) : 'unknown';
}
