import { fileURLToPath } from 'node:url';
import { startChild } from '@huismeester/testkit';

const program = fileURLToPath(new URL('mail-server-process.ts', import.meta.url));
const patient = { timeoutMs: 60_000 };

/** A mail server in a process of its own. */
export interface MailServerAway {
  /** `mail` of space.yaml. */
  readonly settings: { readonly url: string; readonly from: string };
  /** How many mails it has, and when the last of them was there, ms since 1970. */
  taken(): Promise<{ readonly taken: number; readonly last: number }>;
  close(): Promise<void>;
}

export async function startMailServerAway(): Promise<MailServerAway> {
  const child = await startChild({ name: 'the mail server', command: process.execPath, args: [program] });
  const said = () => /listening on (\d+), control at (\d+)/.exec(child.output());
  await child.ready('it listens', () => said() !== null, patient);
  const [, port, control] = said() ?? [];
  return {
    settings: { url: `smtp://127.0.0.1:${port}`, from: 'Huismeester <noreply@space.example>' },
    taken: async () => {
      const response = await fetch(`http://127.0.0.1:${control}/`);
      return (await response.json()) as { taken: number; last: number };
    },
    close: () => child.stop(),
  };
}
