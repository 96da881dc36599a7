/** A project of the register (TEAM-4). */
export interface ProjectState {
  readonly title: string;
}

/** A request to promote a project (SPACE-1). */
export interface PromotionState {
  readonly to: 'space-wide' | 'core';
}
