export interface BrokerConfigOptions {
  readonly config: string;
  readonly snippet?: boolean;
  readonly reader: readonly string[];
  readonly dir?: string;
  readonly dataDir?: string;
  readonly listen?: string;
  readonly cluster: readonly string[];
  readonly historyReader: readonly string[];
  readonly natsVersion?: string;
}

/** What is to be put where, and done after that; `value` is the same for programs. */
export interface BrokerFiles {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly commands: readonly string[];
  readonly value: object;
}
