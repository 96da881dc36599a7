export { type DirectorySimulator, startDirectorySimulator } from './ldap/directory.ts';
export { type Battery, runtimeS, step } from './nut/battery.ts';
export type { Clock as NutClock } from './nut/clock.ts';
export { parseDevFile } from './nut/dev-file.ts';
export type { SimulatedDevice } from './nut/device.ts';
export type { SimulatedUser } from './nut/session.ts';
export { type SimulatedUps, type SimulatedUpsOptions, startSimulatedUps } from './nut/simulated-ups.ts';
export { type NutSimulator, type NutSimulatorOptions, startNutSimulator } from './nut/simulator.ts';
export type { Certificate as ProxmoxCertificate } from './proxmox/certificate.ts';
export type { Durations as ProxmoxDurations } from './proxmox/clock.ts';
export type { Faults as ProxmoxFaults } from './proxmox/faults.ts';
export type { RequestRecord as ProxmoxRequestRecord } from './proxmox/request.ts';
export {
  type ProxmoxSimulator,
  type ProxmoxSimulatorOptions,
  startProxmoxSimulator,
} from './proxmox/simulator.ts';
export type {
  DiskState,
  GuestState,
  NodeState,
  PoolState,
  ProxmoxState,
  StorageState,
  TokenState,
} from './proxmox/state.ts';
export { parseState as parseProxmoxState, StateError as ProxmoxStateError } from './proxmox/state-file.ts';
export type { SwitchFaults } from './snmp/faults.ts';
export type { RestartOptions as SwitchRestartOptions, SwitchSimulatorOptions } from './snmp/options.ts';
export type { SwitchPort, SwitchPortOptions } from './snmp/port.ts';
export { type SwitchSimulator, startSwitchSimulator } from './snmp/simulator.ts';
export {
  type SwitchProcess,
  type SwitchProcessCounts,
  type SwitchProcessOptions,
  startSwitchProcess,
} from './snmp/switch-process.ts';
export { type SwitchesOptions, startSwitches } from './snmp/switches.ts';
export type { TrapTarget as SwitchTrapTarget } from './snmp/traps.ts';
export type { SwitchUser } from './snmp/usm-keys.ts';
export { startWikiSimulator, type WikiSimulator, type WikiSimulatorOptions } from './wiki/simulator.ts';
