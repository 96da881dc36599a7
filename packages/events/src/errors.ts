/** An event that was to be appended is not of a known type, or its data do not fit the type's schema. */
export class EventRefused extends Error {
  override readonly name = 'EventRefused';
  readonly code = 'event-refused';
}

/** The log holds another version of a subject than its writer believes: two writers, or a row that was changed by hand. */
export class VersionMismatch extends Error {
  override readonly name = 'VersionMismatch';
  readonly code = 'version-mismatch';
}

/** The log has another epoch than the reader knows: the database is another one. A snapshot has what it holds. */
export class WrongEpoch extends Error {
  override readonly name = 'WrongEpoch';
  readonly code = 'wrong-epoch';
}

/** The position is beyond the log's head, or before what is still kept: events that the reader has seen, or has not, are gone. */
export class PositionGone extends Error {
  override readonly name = 'PositionGone';
  readonly code = 'position-gone';
}

/** Another service's log could not be read, or answered something else; it is tried again. */
export class SourceFailed extends Error {
  override readonly name = 'SourceFailed';
  readonly code = 'source-failed';
}

/** An event is of a newer schema than this program knows: what it says would be taken for something else. */
export class SchemaTooNew extends Error {
  override readonly name = 'SchemaTooNew';
  readonly code = 'schema-too-new';
}

/** An entity of a snapshot is not as this program's schema says; it is parked, and what was known of it stays. */
export class EntityUnfit extends Error {
  override readonly name = 'EntityUnfit';
  readonly code = 'entity-unfit';
}

/** The consumer was closed before what was waited for happened. */
export class ConsumerClosed extends Error {
  override readonly name = 'ConsumerClosed';
  readonly code = 'consumer-closed';
}
