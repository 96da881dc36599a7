import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askForRun, serveForRun } from '../serve-for-run.ts';
import { runPhp } from './php.ts';
import { localSettings } from './settings.ts';

const variable = 'HUISMEESTER_TEST_WIKIS';
const maintenance = '/usr/share/mediawiki/maintenance';

/** The folder of the wiki that was installed for this run; it is copied, never changed. */
export async function installedWiki(): Promise<string> {
  return await askForRun({ variable, what: 'wiki' }, { method: 'GET' });
}

/** Answers {@link installedWiki} in the processes that this one starts, until it is closed. It is installed when the first one asks. */
export async function serveWikis(): Promise<{ close(): Promise<void> }> {
  let installed: Promise<string> | undefined;
  return await serveForRun({
    variable,
    name: 'wikis',
    async answer(_asked, dir) {
      installed ??= install(dir.path);
      return await installed;
    },
    async close() {
      await installed?.catch(() => undefined);
    },
  });
}

async function install(parent: string): Promise<string> {
  const dir = join(parent, 'wiki');
  const conf = join(parent, 'conf');
  await mkdir(dir);
  await mkdir(conf);
  const options = {
    dbtype: 'sqlite',
    dbpath: dir,
    dbname: 'wiki',
    confpath: conf,
    lang: 'nl',
    scriptpath: '',
    server: 'http://127.0.0.1',
    pass: 'a password of the test',
  };
  await runPhp([
    `${maintenance}/install.php`,
    ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
    'Space wiki',
    'Beheerder',
  ]);
  const file = join(conf, 'LocalSettings.php');
  await writeFile(file, localSettings({ dir, port: 80 }, ''));
  // The first who needs a language puts its texts into the cache, which takes longest of all.
  await runPhp([`${maintenance}/rebuildLocalisationCache.php`, '--lang=nl', '--no-progress'], {
    MW_CONFIG_FILE: file,
  });
  return dir;
}
