import { UsageError } from '../../errors.ts';

export interface SwitchPlace {
  readonly host: string;
  readonly port: number;
}

/** `HOST` or `HOST:PORT`. Throws a {@link UsageError}. */
export function switchPlace(text: string): SwitchPlace {
  const url = URL.parse(`snmp://${text}`);
  if (!url?.hostname || url.host !== text.toLowerCase() || url.port === '0')
    throw new UsageError(`"${text}" is not where a switch is: a host or HOST:PORT, such as 10.0.0.3`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return { host, port: url.port === '' ? 161 : Number(url.port) };
}

/** `https://…` or `http://…`. Throws a {@link UsageError}. */
export function websiteUrl(text: string): string {
  const url = URL.parse(text);
  if ((url?.protocol === 'https:' || url?.protocol === 'http:') && !url.username && !url.password)
    return url.href;
  throw new UsageError(`"${text}" is not where a website is: its URL, such as https://hackalot.nl`);
}
