import { SpaceSettings } from '@huismeester/contracts';
import { type Static, Type } from 'typebox';

/** The parts of `space.yaml` that vm-lifecycle uses. */
export const Settings = Type.Pick(SpaceSettings, ['site', 'hypervisors']);
export type Settings = Static<typeof Settings>;
