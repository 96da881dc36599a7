export interface NewTask {
  readonly kind: string;
  /** Unique within the kind. */
  readonly key: string;
  readonly payload?: unknown;
  /** Now if left out. */
  readonly runAt?: Date;
}

/** A task as its handler gets it; `attempt` counts from 1. */
export interface Task {
  readonly kind: string;
  readonly key: string;
  readonly payload: unknown;
  readonly attempt: number;
}

/** The signal aborts when the service closes, or the task was lost to another process. */
export type TaskHandler = (
  task: Task,
  signal: AbortSignal,
) => Promise<void> | Promise<{ againAt: Date } | undefined>;
