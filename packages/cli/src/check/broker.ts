import {
  type HistoryLook,
  historySettings,
  lookAtHistory,
  checkBroker as tryBroker,
} from '@huismeester/broker';
import { type SpaceSettings, serviceNames } from '@huismeester/contracts';
import { type Finding, look } from './finding.ts';

type ExternalBroker = Exclude<SpaceSettings['broker'], { embedded: unknown }>;

/** The broker lets each service do what it must, and nobody what nobody may; its history is as settings have it. */
export async function checkBroker(broker: SpaceSettings['broker']): Promise<Finding[]> {
  // The embedded one runs with us, and follows the list.
  if ('embedded' in broker) return [];
  const { url, ca, root, credentials, username, password } = broker;
  const common = {
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
  };
  const logins = serviceNames.map((service) => ({ service, ...(credentials[service] ?? common) }));
  const urls = [url].flat();
  const [tried, history] = await Promise.all([
    look('broker', () => tryBroker({ urls, ca, root, logins })),
    checkHistory(broker),
  ]);
  return [...(tried.value ?? [tried.finding]), ...history];
}

async function checkHistory(broker: ExternalBroker): Promise<Finding[]> {
  const settings = historySettings(broker);
  if (!settings) return [];
  const reached = await look(`history: NATS answers at ${settings.urls.join(', ')}`, () =>
    lookAtHistory(settings),
  );
  return reached.value === undefined ? [reached.finding] : [reached.finding, ...findingsOf(reached.value)];
}

function findingsOf({ exists, stream, server }: HistoryLook): Finding[] {
  const what = exists ? 'history: its stream' : 'history: its stream is made at the first start';
  const safe = 'history: its server';
  return [
    ...(stream.length > 0 ? stream.map((advice) => ({ what, ...advice })) : [{ what }]),
    ...(server.length > 0 ? server.map((advice) => ({ what: safe, ...advice })) : [{ what: safe }]),
  ];
}
