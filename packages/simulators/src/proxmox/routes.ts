import type { Route } from './route.ts';
import { accessRoutes } from './routes-access.ts';
import { clusterRoutes } from './routes-cluster.ts';
import { configurationRoutes } from './routes-config.ts';
import { creationRoutes } from './routes-create.ts';
import { guestRoutes } from './routes-guests.ts';
import { nodeRoutes } from './routes-nodes.ts';
import { storageRoutes } from './routes-storage.ts';

/** Every method that is simulated. All others answer 501, as the real one does for what it does not know. */
export const routes: readonly Route[] = [
  ...clusterRoutes,
  ...accessRoutes,
  ...nodeRoutes,
  ...guestRoutes,
  ...configurationRoutes,
  ...creationRoutes,
  ...storageRoutes,
];

export interface Match {
  readonly route: Route;
  /** The parameters in the path. */
  readonly inPath: Readonly<Record<string, string>>;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A broken escape is taken as it stands: it then fails as a wrong parameter.
    return segment;
  }
}

function matchPath(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split('/');
  const found = path.split('/');
  if (wanted.length !== found.length) return undefined;
  const inPath: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = decoded(found[index] ?? '');
    if (part.startsWith('{')) inPath[part.slice(1, -1)] = value;
    else if (part !== value) return undefined;
  }
  return inPath;
}

export function findRoute(method: string, path: string): Match | undefined {
  for (const route of routes) {
    const inPath = route.method === method ? matchPath(route.path, path) : undefined;
    if (inPath) return { route, inPath };
  }
  return undefined;
}
