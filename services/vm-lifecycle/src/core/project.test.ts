import { isNo, type No } from '@huismeester/contracts';
import { expect, test } from 'vitest';
import { evolveProject, type NewProjectEvent, type Project } from './project.ts';
import * as core from './project-decide.ts';
import { refuseCreation, refuseDeletion } from './project-may.ts';

const [ann, bob, cas, dee] = ['ann', 'bob', 'cas', 'dee'];
const participant = (person: string): core.Person => ({ person, roles: ['participant'] });
const member = (person: string): core.Person => ({ person, roles: ['participant', 'infrateam'] });
const trial: core.Person = { person: 'tim', roles: ['participant', 'trial'] };
const time = new Date('2026-12-01T12:00:00Z');

function after(project: Project | undefined, ...events: readonly NewProjectEvent[]): Project {
  const found = events.reduce<Project | undefined>(
    (known, event) => evolveProject(known, { ...event, time }),
    project,
  );
  if (!found) throw new Error('there is no project');
  return found;
}
const done = (decided: core.Decided): readonly NewProjectEvent[] => {
  if ('refused' in decided) throw new Error(decided.title);
  return decided;
};
const refusal = (decided: core.Decided | No | undefined) => {
  if (!isNo(decided)) return 'in';
  // Each says what would be allowed.
  expect(decided.errors?.map(({ allowed }) => allowed).join()).toMatch(/\w/);
  return `${decided.code} ${decided.clause}`;
};

const own = after(undefined, ...done(core.register('p-1', { title: 'Queue' }, participant(ann))));
const managed = after(own, ...done(core.change('p-1', own, { managers: [bob] }, participant(ann))));
const spaceWide = after(managed, ...core.reclassify('p-1', managed, 'space-wide', 'r'));
const core4 = after(spaceWide, ...core.reclassify('p-1', spaceWide, 'core', 'r'));
const retiring = after(spaceWide, ...done(core.retire('p-1', spaceWide, 'sold', member(cas))));
const retired = after(retiring, ...done(core.confirmRetirement('p-1', retiring, member(dee))));
const asked = { participant: ann, team: cas, text: 'a backup each week' };
const proposed = after(spaceWide, ...done(core.propose('p-1', spaceWide, asked, participant(ann))));

test.each([
  ['a participant registers a project', core.register('p', { title: 'X' }, participant(ann)), 'in'],
  [
    'one of another class is the team’s to register',
    core.register('p', { title: 'X', class: 'space-wide' }, trial),
    'team-decides SPACE-1',
  ],
  [
    'a core one too',
    core.register('p', { title: 'X', class: 'core' }, participant(ann)),
    'team-decides SPACE-8',
  ],
  ['the team registers a core one', core.register('p', { title: 'X', class: 'core' }, member(cas)), 'in'],
  ['its owner changes it', core.change('p', managed, { owner: bob }, participant(ann)), 'in'],
  [
    'a manager changes its purpose',
    core.change('p', managed, { purpose: 'to print' }, participant(bob)),
    'in',
  ],
  [
    'a manager makes nobody owner',
    core.change('p', managed, { owner: bob }, participant(bob)),
    'owner-only SPACE-5',
  ],
  [
    'a manager makes nobody manager',
    core.change('p', managed, { managers: [dee] }, participant(bob)),
    'owner-only SPACE-5',
  ],
  [
    'another does not change it',
    core.change('p', managed, { title: 'Mine' }, participant(dee)),
    'not-allowed PART-3',
  ],
  ['nor one on trial', core.change('p', managed, { title: 'Mine' }, trial), 'not-allowed PART-3'],
  [
    'nor a space-wide one',
    core.change('p', spaceWide, { title: 'Mine' }, participant(dee)),
    'not-allowed SPACE-5',
  ],
  ['the team changes every one', core.change('p', core4, { title: 'Ours' }, member(cas)), 'in'],
  [
    'a core one nobody else',
    core.change('p', core4, { title: 'Mine' }, participant(ann)),
    'not-allowed CORE-4',
  ],
  ['a retired one stays', core.change('p', retired, { title: 'Ours' }, member(cas)), 'retired TEAM-4'],
  ['its owner proposes an agreement', core.propose('p', spaceWide, asked, participant(ann)), 'in'],
  ['the team proposes one', core.propose('p', spaceWide, asked, member(cas)), 'in'],
  ['nobody proposes for others', core.propose('p', spaceWide, asked, member(dee)), 'not-a-side SPACE-4'],
  [
    'one named for the team has to be of it',
    core.propose('p', spaceWide, asked, participant(cas)),
    'not-a-side SPACE-4',
  ],
  [
    'its side is who runs it',
    core.propose('p', spaceWide, { ...asked, participant: dee }, participant(dee)),
    'not-a-side SPACE-4',
  ],
  [
    'two sides are two people',
    core.propose('p', spaceWide, { ...asked, team: ann }, member(ann)),
    'one-side SPACE-4',
  ],
  ['not of a retired one', core.propose('p', retired, asked, member(cas)), 'retired TEAM-4'],
  ['the other side consents', core.consent('p', proposed, member(cas)), 'in'],
  ['the same side does not', core.consent('p', proposed, participant(ann)), 'needs-the-other SPACE-4'],
  ['nobody else does', core.consent('p', proposed, member(dee)), 'not-a-side SPACE-4'],
  ['nor who is of the team no more', core.consent('p', proposed, participant(cas)), 'not-a-side SPACE-4'],
  ['nothing was proposed', core.consent('p', spaceWide, member(cas)), 'nothing-proposed SPACE-4'],
  ['not of a retired one either', core.consent('p', retired, member(cas)), 'retired TEAM-4'],
  ['a second asks for the same end', core.retire('p', retiring, 'sold', member(dee)), 'retiring SPACE-3'],
  ['of one that ended', core.retire('p', retired, 'sold', member(dee)), 'retired TEAM-4'],
  [
    'the same member does not confirm it',
    core.confirmRetirement('p', retiring, member(cas)),
    'needs-another SPACE-3',
  ],
  ['nothing is to be confirmed', core.confirmRetirement('p', spaceWide, member(dee)), 'not-retiring SPACE-3'],
  ['twice', core.confirmRetirement('p', retired, member(dee)), 'retired TEAM-4'],
  ['it goes on after all', core.withdrawRetirement('p', retiring), 'in'],
  ['nothing is to be withdrawn', core.withdrawRetirement('p', spaceWide), 'not-retiring SPACE-3'],
  ['too late', core.withdrawRetirement('p', retired), 'retired TEAM-4'],
  ['its owner gives up a project', core.giveUp('p', own, [], participant(ann)), 'in'],
  ['not with a VM', core.giveUp('p', own, ['104'], participant(ann)), 'has-vms SPACE-7'],
  ['a manager does not', core.giveUp('p', managed, [], participant(bob)), 'not-allowed PART-3'],
  ['a space-wide one is retired', core.giveUp('p', spaceWide, [], participant(ann)), 'retire-it SPACE-3'],
  ['one that ended', core.giveUp('p', retired, [], participant(ann)), 'retired TEAM-4'],
  ['a participant’s VM may be deleted', refuseDeletion(own), 'in'],
  ['a space-wide one not', refuseDeletion(spaceWide), 'project-not-retired SPACE-3'],
  ['nor while that waits for another', refuseDeletion(retiring), 'project-not-retired SPACE-3'],
  ['of a retired one it may', refuseDeletion(retired), 'in'],
  ['its owner makes a VM for it', refuseCreation('p', own, { person: ann, isGranted: false }), 'in'],
  ['another does not', refuseCreation('p', own, { person: dee, isGranted: true }), 'not-allowed PART-3'],
  [
    'a manager asks first for a space-wide one',
    refuseCreation('p', spaceWide, { person: bob, isGranted: false }),
    'ask-first SPACE-7',
  ],
  ['and makes it then', refuseCreation('p', spaceWide, { person: bob, isGranted: true }), 'in'],
  [
    'nobody for a core one',
    refuseCreation('p', core4, { person: ann, isGranted: true }),
    'not-allowed CORE-4',
  ],
  [
    'nobody for a retired one',
    refuseCreation('p', retired, { person: ann, isGranted: true }),
    'retired TEAM-4',
  ],
  [
    'nobody for none',
    refuseCreation('p', undefined, { person: ann, isGranted: true }),
    'no-such-project PART-2',
  ],
])('%s', (_, decided, expected) => {
  expect(refusal(decided)).toBe(expected);
});

test('the agreement before holds until the other side consents to the new one', () => {
  const agreed = after(proposed, ...done(core.consent('p-1', proposed, member(cas))));
  expect(agreed.state).toMatchObject({ agreement: { ...asked, by: 'participant' } });
  expect(agreed.state).not.toHaveProperty('proposed');
  const another = { ...asked, text: 'a backup each day' };
  const again = after(agreed, ...done(core.propose('p-1', agreed, another, member(cas))));
  expect(again.state.agreement?.text).toBe(asked.text);
  expect(again.state.proposed).toMatchObject({ text: another.text, by: 'team' });
});

test('an empty text takes the wiki page away; what is left out stays', () => {
  const said = { wiki: 'https://wiki.example/x', purpose: 'to print' };
  const whole = after(own, ...done(core.change('p-1', own, said, participant(ann))));
  const without = after(whole, ...done(core.change('p-1', whole, { wiki: '' }, participant(ann))));
  expect(without.state).toMatchObject({ title: 'Queue', purpose: 'to print', owner: ann });
  expect(without.state).not.toHaveProperty('wiki');
});

test('a change of nothing is no event, and so is the class that it has', () => {
  expect(core.change('p-1', own, { because: 'no change' }, participant(ann))).toEqual([]);
  expect(core.reclassify('p-1', spaceWide, 'space-wide', 'r')).toEqual([]);
});
