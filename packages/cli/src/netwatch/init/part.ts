import { several } from '../../commands/options.ts';
import { UsageError } from '../../errors.ts';
import type { InitPart } from '../../feature.ts';
import { hostPort } from '../../init/places.ts';
import type { Shell } from '../../shell.ts';
import { communityVariable } from './network-yaml.ts';
import { websiteUrl } from './website-url.ts';

interface NetworkOptions {
  readonly switch?: readonly string[];
  readonly website?: string;
}

/** `init`: switches by what their SNMP agents show, and the services that CORE-3 names. */
export const init: InitPart = {
  addOptions: (command) =>
    void command
      .option(
        '--switch <host[:port]>',
        `a switch, to be asked for its ports by SNMP v2c; may be repeated; the community is asked for, or in ${communityVariable}`,
        several,
      )
      .option('--website <url>', 'the website, to be looked at (CORE-3)'),
  isGiven: (options: NetworkOptions) => options.switch !== undefined,
  async prepare(options: NetworkOptions, shell, prompting) {
    const asked = await askPerson(options, shell, prompting);
    const places = asked.switches.map((text) => hostPort(text, 161, 'a switch'));
    const website = asked.website === undefined ? undefined : websiteUrl(asked.website);
    const community = places.length === 0 ? undefined : await communityOf(shell);
    return async () => {
      const { lookAtNetwork } = await import('./look.ts');
      return await lookAtNetwork({ places, website, community });
    };
  },
};

async function askPerson(options: NetworkOptions, { ask }: Pick<Shell, 'ask'>, prompting: boolean) {
  const isAsked = prompting || options.switch !== undefined;
  const answer = async (question: string) => (isAsked && ask ? (await ask(question)).trim() : '');
  const listed =
    options.switch ??
    (await answer('Where are switches with SNMP? HOST, several with spaces; nothing if none: ')).split(
      /[\s,]+/,
    );
  const website =
    options.website ??
    (await answer('Where is the website? Its URL, such as https://hackalot.nl; nothing if none: '));
  return {
    switches: listed.filter((each) => each !== ''),
    website: website === '' ? undefined : website,
  };
}

/** Without one the switches are not asked. It stands nowhere but in the request. */
async function communityOf({
  env,
  askSecret,
}: Pick<Shell, 'env' | 'askSecret'>): Promise<string | undefined> {
  const given =
    env[communityVariable] || (await askSecret?.('The SNMP community of the switches (not shown): '));
  if (given && /[\p{Cc}]/u.test(given)) throw new UsageError('an SNMP community has no control characters');
  return given || undefined;
}
