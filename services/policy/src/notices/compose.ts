import {
  type NoticeLine,
  noticeLine,
  noticeWords,
  type PersonId,
  type RenewalLink,
} from '@huismeester/contracts';
import type { Message } from '@huismeester/mail';
import { signLink } from '@huismeester/service';
import { civil } from '../civil.ts';
import { escapedHtml } from '../html.ts';
import type { NoticePlan } from './plan.ts';
import { isWarning, type NoticeSays } from './says.ts';

/** What of a row of the outbox is put into words. */
export interface Item {
  readonly kind: string;
  readonly subject: string;
  readonly says: NoticeSays;
}

export interface Reader {
  readonly person: PersonId;
  readonly language: 'nl' | 'en';
  readonly name?: string;
  /** What things and people are called, by the subjects of these notices. */
  readonly names?: ReadonlyMap<string, string>;
}

/** What of a message its items make. */
export type Composed = Pick<Message, 'subject' | 'text' | 'html'>;

/** Puts notices to one person into one message. */
export function compose(items: readonly Item[], reader: Reader, plan: NoticePlan): Composed {
  const { language } = reader;
  const words = noticeWords[language];
  const at = (iso: string) => civil(iso, language, plan.site.timezone);
  const lines = items.map((item) => lineOf(item, reader, plan, at));
  const subject = `[${plan.site.name}] ${words.subject(lines[0]?.what ?? '', lines.length - 1)}`;
  const [greeting, signature] = [words.greeting(reader.name ?? ''), words.signature(plan.site.name)];
  const asText = ({ what, why, todo, action }: NoticeLine) =>
    [
      what,
      `${words.why}: ${why}`,
      `${words.todo}: ${todo}`,
      ...(action === undefined ? [] : [`  ${action}`]),
    ].join('\n');
  const asHtml = ({ what, why, todo, action }: NoticeLine) =>
    `<p><b>${escapedHtml(what)}</b><br>${words.why}: ${escapedHtml(why)}<br>${words.todo}: ${escapedHtml(todo)}${action === undefined ? '' : `<br>${actionHtml(action)}`}</p>`;
  return {
    subject,
    text: `${[greeting, ...lines.map(asText), `-- \n${signature}`].join('\n\n')}\n`,
    html: `<!doctype html><html lang="${language}"><body><p>${escapedHtml(greeting)}</p>${lines.map(asHtml).join('')}<p>${escapedHtml(signature)}</p></body></html>`,
  };
}

/** One notice in words for a reader. */
function lineOf(
  { kind, subject, says }: Item,
  reader: Reader,
  plan: NoticePlan,
  at: (iso: string) => string,
): NoticeLine {
  const { clause, reasons, until } = says;
  const vm = /^vm\/(.+)$/.exec(subject)?.[1];
  const name = reader.names?.get(subject);
  const link = isWarning(kind) ? renewalLink(says, reader.person, plan) : plan.publicUrl;
  return noticeLine(
    reader.language,
    {
      kind,
      subject,
      ...(name !== undefined && { name }),
      clause,
      reasons,
      ...(until !== undefined && { until: new Date(until).toISOString() }),
      ...(link !== undefined && { link }),
      ...(isWarning(kind) && vm !== undefined && { command: `huismeester vm renew ${vm}` }),
    },
    at,
  );
}

/** The link by which a lease is renewed; undefined where nobody could follow it, or it could not be signed. */
function renewalLink(
  { renew, until }: NoticeSays,
  person: PersonId,
  { publicUrl, key }: NoticePlan,
): string | undefined {
  if (renew === undefined || publicUrl === undefined || key === undefined) return undefined;
  const ends = new Date(renew.ends).toISOString();
  const payload: RenewalLink = {
    lease: renew.lease,
    number: renew.number,
    ends,
    person,
    until: until === undefined ? ends : new Date(until).toISOString(),
  };
  // In the fragment, which no server and no scanner of links is sent.
  return `${publicUrl}/api/v1/renewals#${signLink(key, payload)}`;
}

function actionHtml(action: string): string {
  const text = escapedHtml(action);
  return /^https?:/.test(action) ? `<a href="${text}">${text}</a>` : `<code>${text}</code>`;
}
