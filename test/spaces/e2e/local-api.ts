import { Client, type Dispatcher } from 'undici';

/** What an administrator on the host may ask, over the local socket. */
export interface LocalApi {
  /** The JSON of a GET; throws on any other answer than 200. */
  get<Body>(path: string): Promise<Body>;
  /** The body of a GET as it came. */
  text(path: string): Promise<string>;
  status(path: string): Promise<number>;
  put(path: string, body: object): Promise<number>;
  post(path: string, body: object): Promise<number>;
  delete(path: string): Promise<number>;
  /** Whether it answers, and says that it is ready; while it starts or is down it is not. */
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

/** Has every clause carried out. */
export async function armAll(api: Pick<LocalApi, 'put'>): Promise<void> {
  for (const clause of ['power/SPACE-3', 'power/CORE-1']) {
    const status = await api.put(`/api/v1/rules/${clause}`, { mode: 'enforce' });
    if (status !== 200) throw new Error(`${clause} could not be armed: ${status}`);
  }
}

/** Asks whatever listens there; over all lives of a process that dies and is started again. */
export function askLocally(socketPath: string): LocalApi {
  const client = new Client('http://localhost', { socketPath });
  const send = async (method: Dispatcher.HttpMethod, path: string, content?: object): Promise<number> => {
    const sent = content && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(content),
    };
    const { statusCode, body } = await client.request({ method, path, ...sent });
    await body.dump();
    return statusCode;
  };
  const status = (path: string) => send('GET', path);
  return {
    async get<Body>(path: string): Promise<Body> {
      const { statusCode, body } = await client.request({ method: 'GET', path });
      const answer = await body.json();
      if (statusCode !== 200) throw new Error(`GET ${path}: ${statusCode} ${JSON.stringify(answer)}`);
      return answer as Body;
    },
    text: async (path) => (await client.request({ method: 'GET', path })).body.text(),
    status,
    put: (path, body) => send('PUT', path, body),
    post: (path, body) => send('POST', path, body),
    delete: (path) => send('DELETE', path),
    async isReady() {
      try {
        return (await status('/health/ready')) === 200;
      } catch {
        // A process that is starting answers nothing yet: that is no error, only not ready.
        return false;
      }
    },
    close: () => client.destroy(),
  };
}
