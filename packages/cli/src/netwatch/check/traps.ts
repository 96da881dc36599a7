import type { SpaceSettings } from '@huismeester/contracts';
import { createTrapReceiver } from '@huismeester/snmp';
import type { Finding } from '../../check/finding.ts';

/** Whether the port for traps can be had. Switches are looked at without traps, too, only later. */
export async function checkTraps(traps: SpaceSettings['traps']): Promise<Finding[]> {
  if (traps === undefined) return [];
  const what = `traps: they can come in at ${traps.host}:${traps.port}`;
  try {
    const receiver = await createTrapReceiver({ ...traps, sources: [], onTrap: () => undefined });
    await receiver.close();
    return [{ what }];
  } catch (error) {
    return [trapFinding(what, traps.port, codeOf(error), error)];
  }
}

export function trapFinding(
  what: string,
  port: number,
  code: string | undefined,
  error: unknown,
  isRoot = process.getuid?.() === 0,
): Finding {
  if (code === 'EACCES' && !isRoot) {
    // The rights of whoever runs this are not those of netwatch, which has this one from its unit or container.
    return {
      what,
      warning: `this user may not open a port below 1024 (${code})`,
      remedy:
        'traps: fine if the unit or container of netwatch has CAP_NET_BIND_SERVICE, as deploy/systemd and deploy/compose give it',
    };
  }
  if (code === 'EACCES') {
    return {
      what,
      problem: `a port below 1024 needs a right (${code})`,
      remedy: `traps: give netwatch CAP_NET_BIND_SERVICE, as deploy/systemd and deploy/compose do, or use a port above 1023`,
    };
  }
  if (code === 'EADDRINUSE') {
    return {
      what,
      warning: `another process has that port (${code})`,
      remedy: `traps: fine if that is Huismeester itself; else stop it, such as snmptrapd: ss -lunp sport = :${port}`,
    };
  }
  return {
    what,
    problem: error instanceof Error ? `${error.message} (${code ?? error.name})` : String(error),
  };
}

/** Of the socket, behind the receiver's own error. */
function codeOf(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
}
