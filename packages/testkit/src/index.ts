export { DaemonMissingError, type DaemonName, daemonPath, missingDaemons, skipWithout } from './available.ts';
export { type Caddy, startCaddy } from './caddy.ts';
export { type Signed, type SignOptions, sign } from './certificate-chains.ts';
export { type Authority, type Certificates, createAuthority } from './certificates.ts';
export { serveDatabases, type TestDatabase, type TestSite, tempSite, testDatabase } from './databases.ts';
export {
  serveDirectories,
  type TestDirectory,
  type TestDirectoryOptions,
  testDirectory,
} from './directories.ts';
export { groupsLdif, peopleLdif } from './directory-data.ts';
export { tempDirWithDatabase } from './embedded.ts';
export { freePort, freeUdpPort } from './free-port.ts';
export { type Freeradius, startFreeradius } from './freeradius.ts';
export { createFramer, type Framer, type FramerProblem, type ProblemKind } from './grafana-framer.ts';
export { type HandClock, handClock } from './hand-clock.ts';
export { collectLines } from './lines.ts';
export { type Link, startLink } from './link.ts';
export {
  type MailAnswer,
  type MailServer,
  type MailServerOptions,
  startMailServer,
  type TakenMail,
} from './mail-server.ts';
export { serveWikis } from './mediawiki/installed.ts';
export { type MediaWiki, startMediaWiki } from './mediawiki/mediawiki.ts';
export type { WikiStep } from './mediawiki/steps.ts';
export {
  type Mosquitto,
  type MosquittoPlace,
  type MosquittoTestOptions,
  startMosquitto,
} from './mosquitto.ts';
export { type Nats, type NatsCluster, startNats, startNatsCluster } from './nats.ts';
export type { NatsPlace, NatsServer, NatsTestOptions } from './nats-server.ts';
export { type Nginx, type NginxServer, startNginx } from './nginx.ts';
export { type OpenSmtpd, startOpenSmtpd } from './opensmtpd.ts';
export { type Postgres, type PostgresOptions, type PostgresStop, startPostgres } from './postgres.ts';
export { type Child, ChildError, type ChildOptions, portOpen, startChild } from './process.ts';
export { askForRun, type ServedForRun, serveForRun } from './serve-for-run.ts';
export { type Slapd, type SlapdOptions, startSlapd } from './slapd.ts';
export { type SmallDisk, skipWithoutSmallDisk, startSmallDisk } from './small-disk.ts';
export { runSnmpTool, snmpUser, snmpUserOptions, withSnmpOption } from './snmp-tools.ts';
export { type Snmpd, type SnmpdOptions, startSnmpd } from './snmpd.ts';
export { type Snmpsim, type SnmpsimOptions, startSnmpsim } from './snmpsim.ts';
export { type SteppedClock, steppedClock } from './stepped-clock.ts';
export { type TempDir, tempDir } from './temp-dir.ts';
export { startUnbound, type Unbound } from './unbound.ts';
export { startUpsd, type Upsd, type UpsdOptions } from './upsd.ts';
export type { UpsdUps, UpsdUser } from './upsd-parts.ts';
export { type WaitOptions, WaitTimeoutError, waitFor } from './wait-for.ts';
