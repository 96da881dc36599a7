import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { daemonPath } from './available.ts';

export interface NssCertificates {
  /** The folder with the database. */
  dir: string;
  /** The nickname of the server's certificate in it. */
  nickname: string;
  /** The database's password. */
  password: string;
  /** The authority's certificate, PEM. */
  caFile: string;
}

const run = promisify(execFile);

/**
 * Makes an NSS database with an authority of its own and a server certificate for localhost and 127.0.0.1. Debian
 * builds upsd with NSS, which reads no PEM files.
 */
export async function createNssCertificates(dir: string): Promise<NssCertificates> {
  await mkdir(dir, { recursive: true });
  const password = randomBytes(12).toString('hex');
  const passwordFile = join(dir, 'password');
  const noise = join(dir, 'noise');
  const caFile = join(dir, 'ca.pem');
  await writeFile(passwordFile, password, { mode: 0o600 });
  await writeFile(noise, randomBytes(64));
  const database = ['-d', dir, '-f', passwordFile];
  const key = ['-z', noise, '-k', 'ec', '-q', 'nistp256', '-v', '12'];
  await certutil(['-N', ...database]);
  // -2 asks three questions: is it an authority, how long may the chain be, is that critical.
  await certutil(
    ['-S', ...database, ...key, '-n', 'ca', '-s', 'CN=testkit', '-x', '-t', 'CT,,', '-m', '1', '-2'],
    'y\n\nn\n',
  );
  const names = ['--extSAN', 'ip:127.0.0.1,dns:localhost'];
  await certutil([
    '-S',
    ...database,
    ...key,
    '-n',
    'upsd',
    '-s',
    'CN=localhost',
    '-c',
    'ca',
    '-t',
    ',,',
    '-m',
    '2',
    ...names,
  ]);
  const { stdout: pem } = await run(daemonPath('certutil'), ['-L', '-d', dir, '-n', 'ca', '-a']);
  await writeFile(caFile, pem);
  return { dir, nickname: 'upsd', password, caFile };
}

function certutil(args: string[], answers = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(daemonPath('certutil'), args, { stdio: ['pipe', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`certutil ${args[0]} failed with ${code}: ${errors}`));
    });
    child.stdin.end(answers);
  });
}
