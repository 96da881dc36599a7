import type { Broadcasts } from './listing.ts';
import type { Parameters, Values } from './parameters.ts';
import type { TokenState } from './state.ts';
import type { World } from './world.ts';

/** One request that was let in, with its parameters checked. */
export interface Call {
  readonly world: World;
  readonly broadcasts: Broadcasts;
  readonly certificate: { readonly fingerprint: string; readonly cert: string };
  readonly token: TokenState;
  readonly values: Values;
  /** The node that answers. */
  readonly local: string;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `{name}` for what is in the path. */
  readonly path: string;
  readonly parameters: Parameters;
  /** The privilege, or one of them, without which it answers 403; absent when the handler looks by itself. */
  readonly permission?: { readonly path: string; readonly priv: string | readonly string[] };
  /** It is answered by the node in its path, through the node that was asked. */
  readonly proxied?: true;
  /** The data, or a promise of it. */
  handle(call: Call): unknown;
}

/** Whether the parameter was given. */
export function has(call: Call, name: string): boolean {
  return Object.hasOwn(call.values, name);
}

/** A parameter that is a number; the fallback stands for one that was left out. */
export function numberOf(call: Call, name: string, fallback = 0): number {
  const value = call.values[name];
  return typeof value === 'number' ? value : fallback;
}

export function textOf(call: Call, name: string): string {
  return String(call.values[name] ?? '');
}

export function flagOf(call: Call, name: string): boolean {
  return call.values[name] === true;
}
