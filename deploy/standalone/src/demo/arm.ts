import { page, Rule } from '@huismeester/contracts';
import { Value } from 'typebox/value';
import { Client } from 'undici';

const Rules = page(Rule);

/**
 * Arms every clause that nobody armed or disarmed yet, over the local socket as an administrator would: a demo in dry-run
 * would show nothing. What a person disarmed stays so when the demo starts again.
 */
export async function arm(socketPath: string): Promise<void> {
  const client = new Client('http://localhost', { socketPath });
  const ask = async (method: 'GET' | 'PUT', path: string, body?: string): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await client.request({ method, path, headers, body: body ?? null });
    const text = await answer.body.text();
    if (answer.statusCode === 200) return JSON.parse(text);
    throw new Error(`the demo could not arm its rules: ${method} ${path}: ${answer.statusCode} ${text}`);
  };
  try {
    const { results } = Value.Parse(Rules, await ask('GET', '/api/v1/rules'));
    for (const { rule, clause, since } of results) {
      if (since === undefined) await ask('PUT', `/api/v1/rules/${rule}/${clause}`, '{"mode":"enforce"}');
    }
  } finally {
    await client.close();
  }
}
