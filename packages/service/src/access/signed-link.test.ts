import { createHmac } from 'node:crypto';
import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { signLink, verifyLink } from './signed-link.ts';

const key = 'k'.repeat(32);
const Payload = Type.Object({ lease: Type.String(), number: Type.Integer() });
const payload = { lease: '104-aabbccdd', number: 3 };

describe('a signed link', () => {
  it('says what was signed, and fits in a fragment as it is', () => {
    const link = signLink(key, payload);
    expect(link).toMatch(/^[\w.-]+$/);
    expect(verifyLink(key, Payload, link)).toEqual(payload);
  });

  it('is none with another key, another payload, or another length', () => {
    const link = signLink(key, payload);
    const [text = '', mac = ''] = link.split('.');
    const other = signLink(key, { ...payload, number: 4 }).split('.')[0];
    expect(verifyLink('l'.repeat(32), Payload, link)).toBeUndefined();
    for (const wrong of [
      '',
      text,
      `${other}.${mac}`,
      `${text}.${mac.slice(1)}`,
      `${link}x`,
      `${link} `,
      'x'.repeat(9_999),
    ]) {
      expect(verifyLink(key, Payload, wrong)).toBeUndefined();
    }
  });

  it('is none where it was signed for something else', () => {
    expect(verifyLink(key, Payload, signLink(key, { other: 1 }))).toBeUndefined();
  });

  it('is not the hash of a uid with the same key', () => {
    const text = Buffer.from(JSON.stringify(payload)).toString('base64url');
    const mac = createHmac('sha256', key).update(text).digest('base64url');
    expect(verifyLink(key, Payload, `${text}.${mac}`)).toBeUndefined();
  });
});
