import { request } from 'node:http';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  body: any;
}

export interface Question {
  method?: string;
  token?: string | undefined;
  /** Asks over the local socket instead. */
  socket?: string;
  headers?: Record<string, string>;
  json?: unknown;
}

/** One HTTP request over a connection of its own. */
export function ask(url: string, question: Question = {}): Promise<Answer> {
  const { method = 'GET', token, socket, headers = {}, json } = question;
  const options = {
    method,
    agent: false,
    headers: {
      ...headers,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(socket === undefined ? {} : { socketPath: socket }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        const parsed = /json/.test(response.headers['content-type'] ?? '') && text !== '';
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: parsed ? JSON.parse(text) : text,
        });
      });
    });
    sent.on('error', reject).end(json === undefined ? undefined : JSON.stringify(json));
  });
}
