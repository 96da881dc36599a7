import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { exportedResources } from './export.ts';

const id = '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';
const at = '2026-11-22T12:00:00.000Z';
const reason = 'she runs the bar PC';

function exportedOf(path: string, item: object): unknown {
  const definition = exportedResources.find(([name]) => name === path)?.[1];
  if (definition?.kind !== 'list') throw new Error(`${path} is no list of the export`);
  return Value.Clean(definition.schema, structuredClone(item));
}

describe('of the team the export has', () => {
  it('applications, without a vote, a veto, a reason or what minutes say', () => {
    const application = { id, person: id, state: 'vetoed', since: at, trial_days: 60 };
    const found = exportedOf('applications', {
      ...application,
      voted: [id],
      votes: [{ person: id, vote: 'no', no_objection: false, because: reason, at, counts: true }],
      would: { yes: 'approved' },
      minutes: { by: id, at },
      recorded: { date: '2026-11-22', present: [id], outcome: 'rejected', page: reason },
      veto: { by: id, because: reason },
      ended: { at },
    });
    expect(found).toEqual({ ...application, minutes: { by: id, at }, ended: { at } });
  });

  it('whose accounts are, without what they are called', () => {
    const account = {
      id: 'pve-3f2a9c01d4e5',
      source: 'pve',
      kind: 'user',
      whose: 'member',
      person: id,
      since: at,
    };
    const more = { name: 'jan@ldap', state: 'admin', rights: [], commands: ['pveum user delete jan@ldap'] };
    expect(exportedOf('access', { ...account, ...more })).toEqual(account);
    const service = {
      id: account.id,
      source: 'pve',
      purpose: 'backups',
      review: '2027-01-01',
      since: at,
      built_in: false,
    };
    expect(exportedOf('service-accounts', { ...service, name: 'jan@ldap' })).toEqual(service);
  });
});
