import type { Static } from 'typebox';
import type { Draft } from '../../define.ts';
import type { DependsOn } from '../../words.ts';
import type { settings } from '../settings.ts';

/** The settings of netwatch, of which anything may be missing. */
export type Own = Draft<{ [K in keyof typeof settings]: Static<(typeof settings)[K]> }>;
export type Probe = NonNullable<NonNullable<Own['probes']>[number]>;
export type Switch = NonNullable<NonNullable<Own['switches']>[number]>;

/** What depends on something. */
export type Needy = Draft<{ id: string; dependsOn: DependsOn; poweredBy?: string[] }>;

/** The path of a setting of one thing. */
export type At = (...rest: (string | number)[]) => (string | number)[];
