import { type Login, tokenOf } from './login.ts';
import type { Params } from './send.ts';
import type { Body, Transport } from './transport.ts';
import { WikiTrouble } from './trouble.ts';

export interface Session {
  /** Asks as nobody, and as the bot where the wiki wants that of its readers. */
  read(params: Params, signal?: AbortSignal): Promise<Body>;
  /** Does something as the bot; never as anybody else. */
  act(params: Params, signal?: AbortSignal): Promise<Body>;
  /** Logs the bot in, and asks as the bot. */
  asBot(params: Params, signal?: AbortSignal): Promise<Body>;
}

/** The session is over, or was never one. */
const lost = new Set(['assertuserfailed', 'assertnameduserfailed', 'badtoken', 'notoken']);
/** The wiki refuses whoever is not logged in, instead of taking it as nobody's. */
const asUser = { assert: 'user' };

/** Who we are for the wiki. A session that the wiki lost is made anew once for each thing that is asked. */
export function createSession(transport: Pick<Transport, 'post'>, login: Login): Session {
  async function actOnce(params: Params, signal: AbortSignal | undefined): Promise<Body> {
    const token = await tokenOf(transport, 'csrf', asUser, signal);
    return await transport.post({ ...params, ...asUser, token }, signal);
  }
  async function asBot(params: Params, signal: AbortSignal | undefined): Promise<Body> {
    await login.logIn(signal);
    return await transport.post({ ...params, ...asUser }, signal);
  }
  return {
    asBot,
    async read(params, signal) {
      try {
        return await transport.post(params, signal);
      } catch (error) {
        if (!login.hasBot || !isError(error, (code) => code === 'readapidenied')) throw error;
        return await asBot(params, signal);
      }
    },
    async act(params, signal) {
      const wasLoggedIn = login.isLoggedIn();
      if (!wasLoggedIn) await login.logIn(signal);
      try {
        return await actOnce(params, signal);
      } catch (error) {
        if (!wasLoggedIn || !isError(error, (code) => lost.has(code))) throw error;
        await login.logIn(signal);
        return await actOnce(params, signal);
      }
    },
  };
}

function isError(error: unknown, is: (code: string) => boolean): boolean {
  return error instanceof WikiTrouble && error.error !== undefined && is(error.error);
}
