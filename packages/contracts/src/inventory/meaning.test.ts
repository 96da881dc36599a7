import { expect, test } from 'vitest';
import { coreFor, isInUse } from './meaning.ts';

type Fields = Parameters<typeof coreFor>[0] & Parameters<typeof isInUse>[0];
const base: Fields = { life: 'in-use', layer: '7', core: 'no' };

test.each<[Partial<Fields>, Parameters<typeof coreFor>[1], string[]]>([
  [{}, {}, []],
  [{}, { vmClass: 'space-wide', projectClass: 'participant' }, []],
  [{}, { vmClass: 'core' }, ['availability']],
  [{}, { projectClass: 'core' }, ['availability']],
  [{ core: 'confidentiality' }, { vmClass: 'core' }, ['availability', 'confidentiality']],
  [{ core: 'confidentiality' }, {}, ['confidentiality']],
  [{ core: 'both' }, {}, ['availability', 'confidentiality']],
  [{ tenure: { kind: 'private' } }, { vmClass: 'core' }, []],
  [{ tenure: { kind: 'private' }, layer: 'supporting' }, { vmClass: 'core' }, ['availability']],
])('what is %j, of a VM and a project of %j, is core for %j', (fields, of, core) => {
  expect(coreFor({ ...base, ...fields }, of)).toEqual(core);
});

test.each<[Partial<Fields>, boolean]>([
  [{}, true],
  [{ life: 'designed' }, false],
  [{ life: 'building' }, false],
  [{ life: 'retired' }, false],
  [{ tenure: { kind: 'private' } }, false],
  [{ tenure: { kind: 'private' }, layer: 'supporting' }, true],
  [{ tenure: { kind: 'loaned' } }, true],
])('what is %j is in use: %s', (fields, expected) => {
  expect(isInUse({ ...base, ...fields })).toBe(expected);
});
