/** What a person asked of a VM, and how far it is. */
export interface ActState {
  readonly by: string;
}
