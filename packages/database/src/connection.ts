/** One connection; its statements run one after the other. */
export interface Connection {
  /** Nothing more can be asked of it; who has it gives it back. */
  readonly lost: boolean;
  /**
   * The rows, each as an array of its columns or as an object. A server that says nothing at all for `silentMs` is taken
   * for lost; the connection's own limit, if left out.
   */
  query(
    statement: string,
    parameters?: unknown[],
    rows?: 'arrays' | 'objects',
    silentMs?: number,
  ): Promise<unknown[]>;
  end(): Promise<void>;
}
