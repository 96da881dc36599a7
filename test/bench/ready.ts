import { Client } from 'undici';

/** Whether the program answers on its local socket that it is ready; rejects while nothing listens there. */
export async function isReady(socketPath: string): Promise<boolean> {
  const client = new Client('http://localhost', { socketPath });
  try {
    const { statusCode, body } = await client.request({ method: 'GET', path: '/health/ready' });
    await body.dump();
    return statusCode === 200;
  } finally {
    await client.close();
  }
}
