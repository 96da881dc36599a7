import type { ProxmoxSimulator } from '@huismeester/simulators';
import type { Upsd } from '@huismeester/testkit';
import type { LocalApi } from './local-api.ts';
import type { Program } from './program.ts';

/** What a house is built of. */
export interface HouseOptions {
  readonly database: 'embedded' | 'postgres';
  /** An open Mosquitto, or one with our own access list, where each service logs in as itself. */
  readonly broker: 'embedded' | 'open mosquitto' | 'closed mosquitto';
  /** `policy.power` of space.yaml, as YAML flow text. */
  readonly power?: string;
  /** Each service as a process of its own; it takes a PostgreSQL and a Mosquitto. */
  readonly distributed?: boolean;
  /** With a switch and services that netwatch looks at. */
  readonly network?: boolean;
  /** In the process of the test: quicker, where nothing is killed and nothing distributed. */
  readonly inThisProcess?: boolean;
}

/** What hangs on bare mains, without a UPS, has power or not; whoever plays the story says so. */
export interface Mains {
  on: boolean;
}

/** A whole space: real upsd, database and broker, a simulated Proxmox, and Huismeester. */
export interface House {
  readonly upsd: Upsd;
  readonly proxmox: ProxmoxSimulator;
  readonly mains: Mains;
  readonly mqttUrl: string;
  readonly root: string;
  readonly settingsFile: string;
  /** All that Huismeester printed, over all of its lives. */
  output(): string;
  /** All of it; where it is distributed also the process of each service. */
  readonly programs: readonly [Program, ...Program[]];
  /** Over the local socket of whatever process answers for the path. */
  readonly get: LocalApi['get'];
  readonly text: LocalApi['text'];
  readonly status: LocalApi['status'];
  readonly put: LocalApi['put'];
  close(): Promise<void>;
}
