import { SpaceSettings } from '@huismeester/contracts';
import { type Static, Type } from 'typebox';

/** The parts of `space.yaml` that ups-monitor uses. */
export const Settings = Type.Pick(SpaceSettings, ['site', 'ups']);
export type Settings = Static<typeof Settings>;
