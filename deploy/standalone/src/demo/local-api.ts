import { Client } from 'undici';

/** Asks over the local socket, as root, or for a person whom `as` names by uid; the answer is JSON. Throws where it is refused. */
export type Ask = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
  as?: string,
) => Promise<unknown>;

/** Does something over the local socket, as people would; paths start behind `/api/v1`. */
export async function withLocalApi<T>(socketPath: string, act: (ask: Ask) => Promise<T>): Promise<T> {
  const client = new Client('http://localhost', { socketPath });
  try {
    return await act(async (method, path, body = {}, as) => {
      const hasBody = method === 'POST' || method === 'PUT';
      const answer = await client.request({
        method,
        path: `/api/v1${path}`,
        headers: {
          ...(hasBody && { 'content-type': 'application/json' }),
          ...(as !== undefined && { 'act-as': as }),
        },
        body: hasBody ? JSON.stringify(body) : null,
      });
      const text = await answer.body.text();
      if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
      return text === '' ? undefined : (JSON.parse(text) as unknown);
    });
  } finally {
    await client.close();
  }
}
