import type { Clock } from '@huismeester/clock';
import { answerOf, LoginAnswer, TokensAnswer } from './answer.ts';
import type { Body, Params, Transport } from './transport.ts';
import { WikiTrouble } from './trouble.ts';

export interface Bot {
  /** `Name@bot`, of Special:BotPasswords. */
  readonly username: string;
  readonly password: string;
}

export interface Session {
  /** Asks as nobody, and as the bot where the wiki wants that of its readers. */
  read(params: Params, signal?: AbortSignal): Promise<Body>;
  /** Does something as the bot; never as anybody else. */
  act(params: Params, signal?: AbortSignal): Promise<Body>;
  /** Logs the bot in, and asks as the bot. */
  asBot(params: Params, signal?: AbortSignal): Promise<Body>;
}

/** MediaWiki bars a name after five wrong passwords in 5 min: after a refusal no other login is tried for so long, ms. */
const afterRefusalMs = 600_000;
/** The session is over, or was never one. */
const lost = new Set(['assertuserfailed', 'assertnameduserfailed', 'badtoken', 'notoken']);

/** Who we are for the wiki. A session that the wiki lost is made anew once for each thing that is asked. */
export function createSession(
  transport: Transport,
  { bot, clock }: { bot: Bot | undefined; clock: Pick<Clock, 'monotonicMs'> },
): Session {
  let isLoggedIn = false;
  let refused: { readonly trouble: WikiTrouble; readonly until: number } | undefined;

  async function logIn({ username, password }: Bot, signal: AbortSignal | undefined): Promise<void> {
    if (refused && clock.monotonicMs() < refused.until) throw refused.trouble;
    isLoggedIn = false;
    transport.forget();
    const token = await tokenOf('login', {}, signal);
    const asked = { action: 'login', lgname: username, lgpassword: password, lgtoken: token };
    const { login } = answerOf(LoginAnswer, await transport.post(asked, signal));
    if (login.result !== 'Success') {
      const trouble = new WikiTrouble('the wiki refuses the login of the bot', { error: 'login-refused' });
      refused = { trouble, until: clock.monotonicMs() + afterRefusalMs };
      throw trouble;
    }
    isLoggedIn = true;
  }

  async function tokenOf(type: 'login' | 'csrf', more: Params, signal: AbortSignal | undefined) {
    const body = await transport.post({ action: 'query', meta: 'tokens', type, ...more }, signal);
    const token = answerOf(TokensAnswer, body).query.tokens[`${type}token`];
    if (token === undefined) throw new WikiTrouble('the wiki gives no token');
    return token;
  }

  const asUser = { assert: 'user' };

  async function actOnce(params: Params, signal: AbortSignal | undefined): Promise<Body> {
    const token = await tokenOf('csrf', asUser, signal);
    return await transport.post({ ...params, ...asUser, token }, signal);
  }

  return {
    async read(params, signal) {
      try {
        return await transport.post(params, signal);
      } catch (error) {
        const mayLogIn = error instanceof WikiTrouble && error.error === 'readapidenied';
        if (!mayLogIn || bot === undefined) throw error;
        await logIn(bot, signal);
        return await transport.post({ ...params, ...asUser }, signal);
      }
    },
    async asBot(params, signal) {
      if (bot === undefined) throw noBot();
      await logIn(bot, signal);
      return await transport.post({ ...params, ...asUser }, signal);
    },
    async act(params, signal) {
      if (bot === undefined) throw noBot();
      const wasLoggedIn = isLoggedIn;
      if (!wasLoggedIn) await logIn(bot, signal);
      try {
        return await actOnce(params, signal);
      } catch (error) {
        const isLost = error instanceof WikiTrouble && lost.has(error.error ?? '');
        if (!isLost || !wasLoggedIn) throw error;
        await logIn(bot, signal);
        return await actOnce(params, signal);
      }
    },
  };
}

function noBot(): WikiTrouble {
  return new WikiTrouble('settings name no bot', { error: 'no-bot' });
}
