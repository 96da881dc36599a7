import { faults, type Snapshot } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import type { Static, TSchema } from 'typebox';
import { EntityUnfit } from './errors.ts';

export type SnapshotEntity = Snapshot['entities'][number];

/** An entity of a snapshot that this program cannot read, perhaps of a newer one: it is parked until a program that can replays it. */
export interface UnfitEntity {
  readonly entity: SnapshotEntity;
  readonly error: unknown;
}

/** An entity whose state fits its schema; `id` is what follows the kind in its subject. */
export interface FitEntity<State> {
  readonly id: string;
  readonly subject: string;
  readonly version: number;
  readonly state: State;
}

/** How the entities of one kind (what stands before the first `/` of their subject) are read. */
export interface EntityKind<State = unknown> {
  readonly schema: TSchema;
  /** These are all there are, but for those with the ids in `kept`, whose rows stay as they are. */
  readonly replace: (tx: Tx, found: readonly FitEntity<State>[], kept: readonly string[]) => Promise<void>;
  /** Writes one of them, whether it has a row or not: one that was parked. */
  readonly save: (tx: Tx, entity: FitEntity<State>) => Promise<void>;
}

/** An {@link EntityKind} whose state's type follows from its schema. */
export function entityKind<Schema extends TSchema>(
  kind: { readonly schema: Schema } & Omit<EntityKind<Static<Schema>>, 'schema'>,
): EntityKind {
  // Its state is checked against the schema before either is called.
  return kind as unknown as EntityKind;
}

/**
 * A reader's `snapshot` and `entity` from what it knows of each kind: what fits replaces the rows, what does not is parked and its row
 * kept. Kinds that are not named are passed over, as events without a handler are.
 */
export function readEntities(kinds: Readonly<Record<string, EntityKind>>) {
  return {
    async snapshot(tx: Tx, { entities }: Snapshot): Promise<readonly UnfitEntity[]> {
      const parked: UnfitEntity[] = [];
      for (const [name, kind] of Object.entries(kinds)) {
        const ofKind = entities.filter(({ subject }) => subject.startsWith(`${name}/`));
        const found = ofKind.map((entity) => ({ entity, error: unfitness(kind, entity) }));
        const wrong = found.filter(({ error }) => error !== undefined);
        parked.push(...wrong);
        const fits = found.filter(({ error }) => error === undefined).map(({ entity }) => fit(entity));
        await kind.replace(
          tx,
          fits,
          wrong.map(({ entity }) => fit(entity).id),
        );
      }
      return parked;
    },

    /** Throws an {@link EntityUnfit} while it still does not fit. */
    async entity(tx: Tx, entity: SnapshotEntity): Promise<void> {
      const kind = kinds[entity.subject.slice(0, entity.subject.indexOf('/'))];
      if (!kind) return;
      const error = unfitness(kind, entity);
      if (error) throw error;
      await kind.save(tx, fit(entity));
    },
  };
}

/** The entity as one that cannot be read, with what is wrong with it. */
export function unfit(entity: SnapshotEntity, wrong: readonly string[] = []): UnfitEntity {
  const why = wrong.length === 0 ? '' : `: ${wrong.join('; ')}`;
  const error = new EntityUnfit(
    `${entity.subject} in the snapshot is not as its schema says${why}; its service may be newer: upgrade this one, then replay it`,
  );
  return { entity, error };
}

function unfitness({ schema }: EntityKind, entity: SnapshotEntity): unknown {
  const wrong = faults(schema, entity.state);
  return wrong.length === 0 ? undefined : unfit(entity, wrong).error;
}

function fit({ subject, version, state }: SnapshotEntity): FitEntity<unknown> {
  return { id: subject.slice(subject.indexOf('/') + 1), subject, version, state };
}
