/** A VM that is being made: what was asked for, and how far it is. */
export interface CreationState {
  readonly name: string;
}
