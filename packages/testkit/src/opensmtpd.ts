import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { daemonPath } from './available.ts';
import { freePort } from './free-port.ts';
import { portOpen, startChild } from './process.ts';
import { tempDir } from './temp-dir.ts';

/** A real mail server: it takes mail for its recipients, and refuses everybody else with 550. */
export interface OpenSmtpd {
  readonly port: number;
  /** The messages that it delivered, as they lie in the mailbox of all. */
  delivered(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Puts the unpacked package over the machine's own files, for this process and what it starts alone: smtpd knows fixed paths and users. */
const script = `set -e
package=$1 dir=$2
mount --make-rprivate /
mount -t tmpfs tmpfs "$dir/layers"
cd "$dir/layers"
mkdir upper work root
cp -a "$package" lower
# Here /lib is a link into /usr, which the package's own folder would hide.
rm -rf lower/lib
mkdir -p -m 711 lower/var/spool/smtpd
mkdir -p lower/var/lib/opensmtpd/empty lower/mail
cp /etc/passwd /etc/group lower/etc/
for user in opensmtpd:9901 opensmtpq:9902; do
  echo "\${user%:*}:x:\${user#*:}:\${user#*:}::/var/lib/opensmtpd/empty:/usr/sbin/nologin" >> lower/etc/passwd
  echo "\${user%:*}:x:\${user#*:}:" >> lower/etc/group
done
cp "$dir/smtpd.conf" lower/etc/smtpd.conf
mount -t overlay -o "lowerdir=$PWD/lower:/,upperdir=$PWD/upper,workdir=$PWD/work" overlay root
mount --rbind /dev root/dev
mount --bind /proc root/proc
mount -t tmpfs tmpfs root/run
mount --bind "$dir/mail" root/mail
exec chroot root /usr/sbin/smtpd -F`;

/** Starts a real OpenSMTPD on a free port of 127.0.0.1, as root, in namespaces of its own: nothing on the machine changes. */
export async function startOpenSmtpd(recipients: readonly string[]): Promise<OpenSmtpd> {
  const dir = await tempDir('smtpd');
  const port = await freePort();
  const mail = join(dir.path, 'mail');
  await mkdir(mail);
  // It delivers as nobody.
  await chmod(dir.path, 0o755);
  await chmod(mail, 0o777);
  await mkdir(join(dir.path, 'layers'));
  await writeFile(join(dir.path, 'smtpd.conf'), configuration(port, recipients));
  const unpacked = daemonPath('smtpd').replace('/usr/sbin/smtpd', '');
  const daemon = await startChild({
    name: 'smtpd',
    command: '/usr/bin/unshare',
    // It forks: with the first process of its own PID namespace all of them end.
    args: ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', script, 'sh', unpacked, dir.path],
  });
  const close = async () => {
    // unshare passes no signal on, and with its own end all in there is killed.
    await daemon.stop({ signal: 'SIGKILL' });
    await dir.remove();
  };
  try {
    await daemon.ready('it accepts connections', () => portOpen(port));
  } catch (error) {
    await close();
    throw error;
  }
  return { port, close, delivered: () => messagesIn(join(mail, 'new')) };
}

function configuration(port: number, recipients: readonly string[]): string {
  const known = recipients.map((address) => `"${address}"`).join(', ');
  return `table known { ${known} }
listen on 127.0.0.1 port ${port} hostname mail.space
action "keep" maildir "/mail" virtual { "@" = "nobody" }
match from any for rcpt-to <known> action "keep"
`;
}

async function messagesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    // It is made with the first message.
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
}
