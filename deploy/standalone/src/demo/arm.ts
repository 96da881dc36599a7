import { Client } from 'undici';

/** Arms every clause, over the local socket as an administrator would: a demo in dry-run would show nothing. */
export async function arm(socketPath: string): Promise<void> {
  const client = new Client('http://localhost', { socketPath });
  try {
    for (const clause of ['SPACE-3', 'CORE-1']) {
      const headers = { 'content-type': 'application/json' };
      const path = `/api/v1/rules/${clause}`;
      const { statusCode, body } = await client.request({
        method: 'PUT',
        path,
        headers,
        body: '{"mode":"enforce"}',
      });
      const text = await body.text();
      if (statusCode !== 200) throw new Error(`the demo could not arm ${clause}: ${statusCode} ${text}`);
    }
  } finally {
    await client.close();
  }
}
