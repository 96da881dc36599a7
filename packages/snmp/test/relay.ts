import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** Passes datagrams on between one client and an agent, and counts the requests that have no answer yet. */
export async function startRelay(agentPort: number) {
  const [outside, inside] = [createSocket('udp4'), createSocket('udp4')];
  let clientPort = 0;
  let inFlight = 0;
  let most = 0;
  let requests = 0;
  outside.on('message', (request, { port }) => {
    clientPort = port;
    requests += 1;
    inFlight += 1;
    most = Math.max(most, inFlight);
    inside.send(request, agentPort, '127.0.0.1');
  });
  inside.on('message', (answer) => {
    inFlight -= 1;
    outside.send(answer, clientPort, '127.0.0.1');
  });
  outside.bind(0, '127.0.0.1');
  await once(outside, 'listening');
  return {
    port: outside.address().port,
    requests: () => requests,
    /** How many were in flight at once. */
    mostInFlight: () => most,
    close() {
      outside.close();
      inside.close();
    },
  };
}
