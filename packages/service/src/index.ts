export { type Clock, systemClock } from '@huismeester/clock';
export {
  type Create,
  defineService,
  type Going,
  type Reads,
  type Service,
  type ServiceDefinition,
} from './define-service.ts';
export { type Command, type CommandParts, type CommandRoute, commandRoute } from './http/command-route.ts';
export type { Allowed, Identity, Role } from './http/identity.ts';
export { itemRoute } from './http/item-route.ts';
export { listRoute } from './http/list-route.ts';
export { notFound, Problem } from './http/problem.ts';
export { RouteWithoutRoles } from './http/roles.ts';
export { LocalSocketError } from './listeners/local-socket.ts';
export { logPart } from './log-part.ts';
export { createLogger } from './logger.ts';
export { counter, gauge, histogram } from './metrics.ts';
export { eventsPage } from './pages/events-page.ts';
export { createPoller, LookTooLate, type Poller, type PollerOptions } from './poller.ts';
export { ServiceNotConfigured } from './process/sources.ts';
export { endUnstarted } from './process/start-failure.ts';
export { runAlone } from './run-alone.ts';
export { type RunningProcess, type RunOptions, runServices, type Services } from './run-services.ts';
export type { CreateService, Part, RunningService, ServiceContext } from './service.ts';
export { SettingsError, type SettingsProblem } from './settings/error.ts';
export { loadSettings } from './settings/load.ts';
export { parseSettings } from './settings/parse.ts';
export { everySecret } from './settings/unread.ts';
export type { Entity } from './snapshot.ts';
