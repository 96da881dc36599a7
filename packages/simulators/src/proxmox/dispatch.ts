import { ApiError, badParameter, died } from './api-error.ts';
import { verify } from './parameters.ts';
import { demand } from './permissions.ts';
import type { Call } from './route.ts';
import { findRoute, type Match } from './routes.ts';
import type { NodeState, TokenState } from './state.ts';
import { isAwake } from './users.ts';
import { localNode, type World } from './world.ts';

/** Finds who asks. Throws the 401s, which say as little as the real ones. */
export function authenticate(world: World, given: { id: string; secret: string } | undefined): TokenState {
  if (!given) throw new ApiError(401, 'No ticket');
  const token = world.state.tokens.find((one) => one.id === given.id && one.secret === given.secret);
  if (!token || !isAwake(world.state, token, world.clock.now()))
    throw new ApiError(401, 'Authentication failed!');
  return token;
}

function merged(match: Match, params: Readonly<Record<string, string>>): Record<string, string> {
  for (const [name, value] of Object.entries(match.inPath)) {
    if (params[name] !== undefined && params[name] !== value)
      throw badParameter({
        [name]: 'duplicate parameter (already defined in URI) with conflicting values!',
      });
  }
  return { ...params, ...match.inPath };
}

/** What the answering node says when it cannot reach the node that is meant (AnyEvent::HTTP's 59x). */
function reach(nodes: readonly NodeState[], name: string): void {
  const node = nodes.find((one) => one.name === name);
  if (!node)
    throw died(
      `hostname lookup '${name}' failed - failed to get address info for: ${name}: Name or service not known`,
    );
  if (node.online) return;
  throw node.failure === 'timeout'
    ? new ApiError(596, 'Connection timed out')
    : new ApiError(595, 'No route to host');
}

/** Answers one request, in the order of the real one: method, permission, proxy, parameters, code. */
export function dispatch(
  context: Omit<Call, 'values' | 'local'>,
  method: string,
  path: string,
  params: Readonly<Record<string, string>>,
): unknown {
  const { world, token } = context;
  const match = findRoute(method, path);
  if (!match) throw new ApiError(501, `Method '${method} ${path}' not implemented`);
  const { route } = match;
  const given = merged(match, params);
  if (route.permission) {
    const on = route.permission.path.replace(/\{(\w+)\}/g, (_whole, name: string) => given[name] ?? '');
    demand(world.state, token, on, route.permission.priv);
  }
  const local = localNode(world.state) ?? '';
  if (route.proxied && given.node !== local) reach(world.state.nodes, String(given.node));
  return route.handle({ ...context, local, values: verify(route.parameters, given) });
}
