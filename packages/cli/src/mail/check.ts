import type { SpaceSettings } from '@huismeester/contracts';
import { createMailer } from '@huismeester/mail';
import { type Finding, look } from '../check/finding.ts';

/** The mail server answers, by TLS where settings want it, and takes our login. Nothing is sent. */
export async function checkMail({
  mail,
  directory,
}: Pick<SpaceSettings, 'mail' | 'directory'>): Promise<Finding[]> {
  if (mail === undefined) {
    // Without people there are no leases either.
    if (directory === undefined) return [];
    return [
      {
        what: 'mail: people can be written to',
        warning: 'settings name no mail server, so no lease can end',
      },
    ];
  }
  const { hostname, port } = new URL(mail.url);
  const mailer = createMailer(mail);
  try {
    const where = port === '' ? hostname : `${hostname}:${port}`;
    const { finding } = await look(`mail: ${where} takes mail from us`, () => mailer.check());
    if (finding.problem === undefined) return [finding];
    return [
      { ...finding, remedy: 'correct `mail` in space.yaml; then try it with `huismeester mail test PERSON`' },
    ];
  } finally {
    mailer.close();
  }
}
