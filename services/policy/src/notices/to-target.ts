import { noticeLine, noticeWords } from '@huismeester/contracts';
import type { AskService } from '@huismeester/service';
import type { NoticeRow } from './due.ts';
import { personNames } from './names.ts';
import type { NoticePlan } from './plan.ts';
import type { Ended } from './record.ts';
import type { Target } from './says.ts';
import { nextWhenDeferred } from './schedule.ts';

const deadlineMs = 10_000;

/** Sends these to a place beside mail, for the team: tried again for a day, and given up then, since nothing hangs on it. */
export async function sendToTarget(
  target: Target,
  rows: readonly NoticeRow[],
  { plan, ask, message, now }: { plan: NoticePlan; ask: AskService; message: string; now: number },
): Promise<Ended> {
  const error = await post(target, rows, { plan, ask, message });
  if (error === undefined) return { state: 'handed' };
  const { next, deferred } = nextWhenDeferred(rows[0]?.says.deferred, now);
  if (next === undefined) return { state: 'dropped', error: `given up after a day: ${error}` };
  return { state: 'queued', next, error, says: { deferred } };
}

async function post(
  target: Target,
  rows: readonly NoticeRow[],
  { plan, ask, message }: { plan: NoticePlan; ask: AskService; message: string },
): Promise<string | undefined> {
  const { ntfy, webhook } = plan.targets;
  try {
    if (target === 'ntfy') {
      if (!ntfy) return undefined;
      return await sent(ntfy.url, ntfy.token, { topic: ntfy.topic, ...ntfyOf(rows, plan) });
    }
    if (!webhook) return undefined;
    const names = webhook.names ? await personNames(ask, rows) : new Map<string, string>();
    return await sent(webhook.url, webhook.secret, {
      id: message,
      site: plan.site.id,
      notices: rows.map((row) => json(row, names)),
    });
  } catch {
    // Its message may hold the URL, which can be a secret itself.
    return `${target} cannot be reached`;
  }
}

async function sent(url: string, secret: string | undefined, body: object): Promise<string | undefined> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
    },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(deadlineMs),
  });
  await response.body?.cancel();
  return response.ok ? undefined : `it answered ${response.status}`;
}

function json(
  { kind, subject, moment, urgency, says, queuedAt }: NoticeRow,
  names: ReadonlyMap<string, string>,
) {
  const name = names.get(subject);
  return {
    kind,
    about: subject,
    ...(name !== undefined && { name }),
    moment,
    urgency,
    severity: says.severity,
    clause: says.clause,
    reasons: says.reasons,
    ...(says.until !== undefined && { until: new Date(says.until).toISOString() }),
    queued: queuedAt.toISOString(),
  };
}

/** ntfy takes JSON at its root (https://docs.ntfy.sh/publish/#publish-as-json). */
function ntfyOf(rows: readonly NoticeRow[], plan: NoticePlan) {
  const { language } = plan.site;
  const lines = rows.map(({ kind, subject, says: { clause, reasons } }) =>
    noticeLine(language, { kind, subject, clause, reasons }, (iso) => iso),
  );
  const isUrgent = rows.some(({ urgency }) => urgency === 'now');
  return {
    title: noticeWords[language].subject(lines[0]?.what ?? '', lines.length - 1),
    message: lines.map(({ what, why }) => `${what}. ${why}`).join('\n'),
    priority: isUrgent ? 4 : 3,
    ...(plan.publicUrl !== undefined && { click: plan.publicUrl }),
  };
}
