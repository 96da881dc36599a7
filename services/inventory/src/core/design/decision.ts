import {
  type DesignDecisionFields,
  type EventData,
  type No,
  no,
  type PageUnknown,
  type WikiPage,
} from '@huismeester/contracts';

/** A design decision (CORE-5, SPACE-6), and what the wiki last said of its page. */
export interface DesignDecision {
  /** When it was registered. */
  readonly since: Date;
  readonly fields: DesignDecisionFields;
  /** Null: its page was not read yet, or it has none. */
  readonly read: WikiPage | null;
  /** Since when nothing can be read of its page, though the wiki answers. */
  readonly unknown: PageUnknown | null;
}

type DesignEventType =
  | 'design-decision.registered'
  | 'design-decision.changed'
  | 'design-decision.removed'
  | 'design-decision.page-read'
  | 'design-decision.page-unknown';

/** An event of a design decision, before it is in the log. */
export type NewDesignEvent = {
  [T in DesignEventType]: { readonly type: T; readonly subject: string; readonly data: EventData<T> };
}[DesignEventType];
export type DesignEvent = NewDesignEvent & { readonly time: Date };

/** The design decision after the event. Of another page nothing is known yet. */
export function evolveDesign(
  known: DesignDecision | undefined,
  event: DesignEvent,
): DesignDecision | undefined {
  switch (event.type) {
    case 'design-decision.registered': {
      const { decision: _, ...fields } = event.data;
      return { since: event.time, fields, read: null, unknown: null };
    }
    case 'design-decision.changed': {
      const { decision: _, ...fields } = event.data;
      if (known === undefined) return undefined;
      return fields.page === known.fields.page
        ? { ...known, fields }
        : { ...known, fields, read: null, unknown: null };
    }
    case 'design-decision.page-read': {
      const { decision: _, ...read } = event.data;
      return known && { ...known, read, unknown: null };
    }
    case 'design-decision.page-unknown': {
      const { decision: _, ...unknown } = event.data;
      return known && { ...known, unknown };
    }
    case 'design-decision.removed':
      return undefined;
  }
}

/** What is there of what a design decision names. */
export interface Named {
  /** The other design decision exists, with the ids of those that it is superseded by in turn; undefined: none is named. */
  readonly successor: { readonly isThere: boolean; readonly next: readonly string[] } | undefined;
  /** The item is in the register; undefined: none is named. */
  readonly item: boolean | undefined;
}

/** Registers a design decision. */
export function registerDesign(
  id: string,
  fields: DesignDecisionFields,
  named: Named,
): readonly NewDesignEvent[] | No {
  const wrong = misfit(id, fields, named);
  if (wrong) return wrong;
  const data = { decision: id, ...fields };
  return [{ type: 'design-decision.registered', subject: subjectOf(id), data }];
}

/** Replaces all that is said of it; nothing where it is the same already. */
export function changeDesign(
  id: string,
  known: Pick<DesignDecision, 'fields'>,
  fields: DesignDecisionFields,
  named: Named,
): readonly NewDesignEvent[] | No {
  const wrong = misfit(id, fields, named);
  if (wrong) return wrong;
  if (isSame(known.fields, fields)) return [];
  const data = { decision: id, ...fields };
  return [{ type: 'design-decision.changed', subject: subjectOf(id), data }];
}

/** Removes one that was registered by mistake; refused while it stands in the place of others. */
export function removeDesign(id: string, replaces: readonly string[]): readonly NewDesignEvent[] | No {
  if (replaces.length === 0)
    return [{ type: 'design-decision.removed', subject: subjectOf(id), data: { decision: id } }];
  return no('in-use', 'Others are superseded by this design decision', {
    clause: 'CORE-5',
    errors: [
      {
        field: 'params.id',
        found: `superseded by it: ${replaces.join(', ')}`,
        allowed: 'one that no other is superseded by',
      },
    ],
  });
}

export function subjectOf(id: string): string {
  return `design-decision/${id}`;
}

const keys = ['title', 'status', 'superseded_by', 'item', 'project', 'page'] as const;

function isSame(one: DesignDecisionFields, other: DesignDecisionFields): boolean {
  return keys.every((key) => one[key] === other[key]);
}

function misfit(id: string, fields: DesignDecisionFields, named: Named): No | undefined {
  const errors = [...successorFaults(id, fields, named), ...subjectFaults(fields, named)];
  if (errors.length === 0) return undefined;
  return no('bad-design-decision', 'This design decision does not fit together', {
    clause: 'CORE-5',
    errors,
  });
}

function successorFaults(
  id: string,
  { status, superseded_by: successor }: DesignDecisionFields,
  named: Named,
): No['errors'] {
  const field = 'body.superseded_by';
  if (status !== 'superseded') {
    if (successor === undefined) return [];
    return [{ field, found: successor, allowed: 'nothing, where the status is not superseded' }];
  }
  const allowed = 'the id of another design decision that is registered';
  if (successor === undefined) return [{ field, found: 'nothing', allowed }];
  if (successor === id || !named.successor?.isThere) return [{ field, found: successor, allowed }];
  const path = [successor, ...named.successor.next];
  const end = path.indexOf(id);
  if (end < 0) return [];
  const found = [id, ...path.slice(0, end + 1)].join(' → ');
  return [{ field, found, allowed: 'one that is not superseded by this one, however indirectly' }];
}

/** The ids of those that one is superseded by, one after the other; `all`: by id. */
export function successorsOf(
  id: string,
  all: ReadonlyMap<string, Pick<DesignDecisionFields, 'superseded_by'>>,
): readonly string[] {
  const found = new Set<string>();
  let next = all.get(id)?.superseded_by;
  while (next !== undefined && !found.has(next)) {
    found.add(next);
    next = all.get(next)?.superseded_by;
  }
  return [...found];
}

function subjectFaults({ item, project }: DesignDecisionFields, named: Named): No['errors'] {
  if (item !== undefined && project !== undefined)
    return [{ field: 'body.project', found: 'an item and a project', allowed: 'one of them, or neither' }];
  if (item === undefined || named.item === true) return [];
  return [{ field: 'body.item', found: item, allowed: 'the id of an item of the register' }];
}
