import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { daemonPath } from './available.ts';
import { freePort } from './free-port.ts';
import { startChild } from './process.ts';
import { tempDir } from './temp-dir.ts';

export interface Freeradius {
  readonly port: number;
  /** What it shares with clients on 127.0.0.1. */
  readonly secret: string;
  /** Ends the daemon and removes its files. */
  close(): Promise<void>;
}

/**
 * Starts a real FreeRADIUS on a free UDP port of 127.0.0.1. It accepts the user `accept` with the password `secret`, answers
 * Access-Challenge to the user `challenge`, and rejects everybody else at once.
 */
export async function startFreeradius(secret = 'shared'): Promise<Freeradius> {
  const dir = await tempDir('radius');
  const port = await freePort();
  await mkdir(join(dir.path, 'raddb'));
  await writeFile(join(dir.path, 'raddb/radiusd.conf'), configuration({ dir: dir.path, port, secret }));
  const daemon = await startChild({
    name: 'freeradius',
    command: daemonPath('freeradius'),
    args: ['-f', '-l', 'stdout', '-d', join(dir.path, 'raddb')],
  });
  const close = async () => {
    await daemon.stop();
    await dir.remove();
  };
  try {
    await daemon.ready('it is ready to process requests', () =>
      /Ready to process requests/.test(daemon.output()),
    );
  } catch (error) {
    await close();
    throw error;
  }
  return { port, secret, close };
}

function configuration({ dir, port, secret }: { dir: string; port: number; secret: string }): string {
  return `prefix = ${dir}
name = radiusd
logdir = ${dir}
run_dir = ${dir}
libdir = /usr/lib/freeradius
max_requests = 1024
security {
  max_attributes = 200
  reject_delay = 0
  status_server = no
  allow_vulnerable_openssl = yes
}
client test {
  ipaddr = 127.0.0.1
  secret = ${secret}
}
modules {
  pap {
  }
  always reject {
    rcode = reject
  }
}
server default {
  listen {
    type = auth
    ipaddr = 127.0.0.1
    port = ${port}
  }
  authorize {
    if (&User-Name == 'accept') {
      update control {
        &Cleartext-Password := 'secret'
      }
      pap
    }
    elsif (&User-Name == 'challenge') {
      update control {
        &Response-Packet-Type := Access-Challenge
        &Auth-Type := Accept
      }
    }
    else {
      reject
    }
  }
  authenticate {
    pap
  }
}
`;
}
