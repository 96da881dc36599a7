import type { SpaceSettings } from '@huismeester/contracts';
import type { Command } from 'commander';
import type { Api } from './api.ts';
import type { Finding } from './check/finding.ts';
import type { Language } from './language.ts';
import type { Output } from './output.ts';
import type { Shell } from './shell.ts';

/** What a service adds to the command line, in a folder of its own; `features.ts` lists them. */
export interface Feature {
  readonly commands: readonly ((program: Command, shell: Shell) => void)[];
  /** Command lines for the help, without the program's name. */
  readonly examples: readonly string[];
  readonly why?: Why;
  /** Checks of `check-config --connect`. Its clients are loaded when it is called: most commands never need them. */
  readonly check?: (settings: SpaceSettings) => Promise<readonly Finding[]>;
  readonly init?: InitPart;
}

/** What `why` says about things of some kinds. */
export interface Why {
  /** The parts of a subject before its first slash. */
  readonly kinds: readonly string[];
  readonly show: (subject: string, options: WhyAsked) => Promise<void>;
}

export interface WhyAsked {
  readonly api: Api;
  readonly output: Output;
  readonly language: Language;
  readonly now: Date;
  /** So many stories, the newest; the last one if left out. */
  readonly limit?: number | undefined;
}

/** A part of `init`. */
export interface InitPart {
  readonly addOptions: (init: Command) => void;
  /** Whether the options name a place to look at, so that nobody is asked for one. */
  readonly isGiven: (options: object) => boolean;
  /**
   * Asks a person what the options leave open, if there is one, and gives the look that follows: that one asks nobody and throws NotFine
   * with what to do. `prompting` is whether the person is being asked for places anyhow. Throws a UsageError.
   */
  readonly prepare: (
    options: object,
    shell: Shell,
    prompting: boolean,
  ) => Promise<() => Promise<InitSection>>;
}

/** What a part adds to the settings that `init` prints. */
export interface InitSection {
  /** Lines of YAML, from the first column. */
  readonly yaml: readonly string[];
  /** What a person does next, each with the command lines for it. */
  readonly steps: readonly (readonly string[])[];
}
