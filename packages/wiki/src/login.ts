import type { Clock } from '@huismeester/clock';
import { answerOf, LoginAnswer, TokensAnswer } from './answer.ts';
import type { Params } from './send.ts';
import type { Transport } from './transport.ts';
import { WikiTrouble } from './trouble.ts';

export interface Bot {
  /** `Name@bot`, of Special:BotPasswords. */
  readonly username: string;
  readonly password: string;
}

export interface LoginOptions {
  readonly transport: Pick<Transport, 'post'>;
  /** Forgets the session that there was. */
  readonly forget: () => void;
  readonly bot: Bot | undefined;
  readonly clock: Pick<Clock, 'monotonicMs'>;
}

/** The bot of the settings, as the wiki knows it. */
export interface Login {
  readonly hasBot: boolean;
  readonly isLoggedIn: () => boolean;
  /** Begins a session anew. Throws {@link WikiTrouble}. */
  logIn(signal: AbortSignal | undefined): Promise<void>;
}

/** MediaWiki bars a name after five wrong passwords in 5 min: after a refusal no other login is tried for so long, ms. */
const afterRefusalMs = 600_000;

export function createLogin({ transport, forget, bot, clock }: LoginOptions): Login {
  let isLoggedIn = false;
  let refused: { readonly trouble: WikiTrouble; readonly until: number } | undefined;
  return {
    hasBot: bot !== undefined,
    isLoggedIn: () => isLoggedIn,
    async logIn(signal) {
      if (bot === undefined) throw new WikiTrouble('settings name no bot', { error: 'no-bot' });
      if (refused && clock.monotonicMs() < refused.until) throw refused.trouble;
      isLoggedIn = false;
      forget();
      const { username, password } = bot;
      const token = await tokenOf(transport, 'login', {}, signal);
      const asked = { action: 'login', lgname: username, lgpassword: password, lgtoken: token };
      const { login } = answerOf(LoginAnswer, await transport.post(asked, signal));
      if (login.result !== 'Success') {
        const trouble = new WikiTrouble('the wiki refuses the login of the bot', { error: 'login-refused' });
        refused = { trouble, until: clock.monotonicMs() + afterRefusalMs };
        throw trouble;
      }
      isLoggedIn = true;
    },
  };
}

/** A token against forged requests, of the session that there is. */
export async function tokenOf(
  transport: Pick<Transport, 'post'>,
  type: 'login' | 'csrf',
  more: Params,
  signal: AbortSignal | undefined,
): Promise<string> {
  const body = await transport.post({ action: 'query', meta: 'tokens', type, ...more }, signal);
  const token = answerOf(TokensAnswer, body).query.tokens[`${type}token`];
  if (token === undefined) throw new WikiTrouble('the wiki gives no token');
  return token;
}
