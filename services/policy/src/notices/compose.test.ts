import { expect, it } from 'vitest';
import { compose } from './compose.ts';
import type { NoticePlan } from './plan.ts';

const plan: NoticePlan = {
  site: { id: 'test', name: 'Space <&>', timezone: 'Europe/Amsterdam', language: 'nl' },
  digestAt: { zone: 'Europe/Amsterdam', minutes: 510 },
  expireAt: { zone: 'Europe/Amsterdam', minutes: 1080 },
  publicUrl: undefined,
  key: 'k'.repeat(32),
  host: 'test.huismeester.invalid',
  mail: undefined,
  board: undefined,
  targets: {},
};
const person = '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';
const item = (kind: string, subject: string) => ({
  kind,
  subject,
  says: {
    clause: 'PART-4',
    reasons: [],
    severity: 'warning',
    until: Date.parse('2026-12-04T17:00:00Z'),
  } as const,
});

it('says of each what is so, why, and what to do, in the language of who reads it', () => {
  const { subject, text } = compose(
    [item('lease-warning', 'vm/104')],
    { person, language: 'nl', name: 'Ann' },
    plan,
  );
  expect(subject).toMatch(/^\[Space <&>\] VM 104 gaat op vrijdag 4 december (om )?18:00 uit$/);
  expect(text).toMatch(/^Hoi Ann,/);
  expect(text).toContain('Waarom: ');
  expect(text).toContain('(PART-4)');
  expect(text).toContain('Wat kun je doen: ');
  expect(text).toContain('  huismeester vm renew 104');
  const names = new Map([['vm/104', 'mijn-server']]);
  const named = compose([item('lease-warning', 'vm/104')], { person, language: 'nl', names }, plan);
  expect(named.subject).toContain('VM 104 (mijn-server) gaat op vrijdag');
  const english = compose([item('power-cut', 'ups/rack')], { person, language: 'en' }, plan);
  expect(english.text).toMatch(/^Hello,/);
  expect(english.text).toContain('Power cut at UPS rack');
});

it('says to the team that VMs wait for one another, and not that something goes off', () => {
  for (const language of ['nl', 'en'] as const) {
    const { subject, text } = compose([item('lease-waits', 'space/main')], { person, language }, plan);
    expect(subject).toMatch(/VMs are to be switched off|moeten meer VM’s uit/);
    expect(text).toContain('huismeester lease preview');
    expect(text).not.toMatch(/space\/main|vm renew|start it again|weer starten/);
  }
});

it('counts the others in its subject', () => {
  const items = [item('core-outage', 'incident/1'), item('violation:notice-failed', `person/${person}`)];
  expect(compose(items, { person, language: 'nl' }, plan).subject).toContain('(en nog 1)');
});

it('gives nobody HTML of their own', () => {
  const reader = { person, language: 'nl', name: '<img src=x>' } as const;
  const { html } = compose([item('other', '"><script>')], reader, plan);
  expect(html).not.toMatch(/<img|<script/);
  expect(html).toContain('&lt;img src=x&gt;');
});

it('says who applied by a name that was asked for, and nobody’s id', () => {
  const about = 'application/0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c4f';
  const asked = { ...item('application-opened', about), subject: about };
  const says = { ...asked.says, clause: 'JOIN-1', about: '6f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f' };
  const composed = (language: 'nl' | 'en', names?: ReadonlyMap<string, string>) =>
    compose([{ ...asked, says }], { person, language, ...(names && { names }) }, plan);
  const { subject, text } = composed('nl', new Map([[about, 'Jan']]));
  expect(subject).toBe('[Space <&>] Stemmen: Jan wil bij het infrateam');
  expect(text).toContain(`huismeester vote ${about.replace('application/', '')}`);
  expect(text).not.toContain(says.about);
  expect(composed('en').subject).toBe('[Space <&>] Vote: somebody wants to join the infrateam');
});
