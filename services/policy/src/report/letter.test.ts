import { expect, test } from 'vitest';
import { atOnce } from '../../test/at-once.ts';
import { makeReport } from './core/make.ts';
import { passedOn, reportMail } from './letter.ts';
import { documentOf } from './render/report.ts';

const ann = '5f0c1d2e-7a3b-4c4d-9e5f-000000000001';
const range = { from: Date.parse('2026-10-01T00:00Z'), to: Date.parse('2026-11-01T00:00Z') };
const shown = { site: 'Test', zone: 'UTC', person: () => '', wikiPage: () => undefined };
const document = documentOf(atOnce(makeReport([], range, { zone: 'UTC' })), shown);
const links = { publicUrl: 'https://infra.space.example', key: 'k'.repeat(32) };
const mailTo = (person: string, plan = links) => reportMail(document, passedOn(plan, '2026-10', person));

test('a board member is asked before the report whether they passed it on, which is read by nobody else', () => {
  const { text, html = '' } = mailTo(ann);
  for (const form of [text, html]) {
    expect(form.match(/\/api\/v1\/forwardings#/g)).toHaveLength(1);
    expect(form.indexOf('/forwardings#')).toBeLessThan(form.indexOf('In het kort'));
  }
});

test('the whole board is not asked', () => {
  expect(mailTo('board').text).not.toMatch(/doorgestuurd|bestuurslid in het team:/);
});

test.each([
  ['an address', { ...links, publicUrl: undefined }],
  ['a key', { ...links, key: undefined }],
])('without %s the command stands where the link would', (_, plan) => {
  const { publicUrl, key } = plan;
  const { text } = reportMail(document, passedOn({ publicUrl, key }, '2026-10', ann));
  expect(text).toContain('huismeester report forwarded 2026-10');
  expect(text).not.toContain('http');
});
