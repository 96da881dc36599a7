import type { Tenure } from '@huismeester/contracts';

/** What is wrong with a field of a tenure; `field` is below `tenure`. */
export interface TenureFault {
  readonly field: 'name' | 'person' | 'until';
  readonly found: string;
  readonly allowed: string;
}

/** What of a tenure does not fit together (INFRA-1): who it is rented or loaned from, or whose it is, is one party; what is owned has none. */
export function tenureFaults({ kind, name, person, until }: Tenure): TenureFault[] {
  const ends = kind === 'rented' || kind === 'loaned';
  const untilFault =
    until !== undefined && !ends
      ? [{ field: 'until' as const, found: until, allowed: `nothing: what is ${kind} has no end` }]
      : [];
  return [...partyFaults({ kind, name, person }), ...untilFault];
}

function partyFaults({
  kind,
  name,
  person,
}: Record<'name' | 'person', string | undefined> & Pick<Tenure, 'kind'>): TenureFault[] {
  if (kind === 'owned') {
    const allowed = 'nothing: what is owned is the foundation’s';
    return [
      ...(name === undefined ? [] : [{ field: 'name' as const, found: name, allowed }]),
      ...(person === undefined ? [] : [{ field: 'person' as const, found: person, allowed }]),
    ];
  }
  if (name !== undefined && person !== undefined)
    return [{ field: 'person', found: 'a name and a person', allowed: 'one of `name` and `person`' }];
  if (name === undefined && person === undefined) {
    const whose = kind === 'private' ? 'whose it is' : `from whom it is ${kind}`;
    return [{ field: 'name', found: 'nothing', allowed: `${whose}: \`name\`, or \`person\` by id` }];
  }
  return [];
}
