import { beforeAll, describe } from 'vitest';
import { drills } from './space/drills.ts';
import { events } from './space/events.ts';
import { holds } from './space/holds.ts';
import { network, networkInPowerCut } from './space/network.ts';
import { onMains } from './space/on-mains.ts';
import { people } from './space/people.ts';
import { powerCuts } from './space/power-cuts.ts';
import { type RealSpace, startRealSpace } from './space/real-space.ts';
import { team } from './space/team.ts';
import { things } from './space/things.ts';

// One program for all of these: to start it takes seconds of a core. What a test changes, it puts right.
describe('the command line against the program', () => {
  let space: RealSpace;
  beforeAll(async () => {
    space = await startRealSpace();
    return () => space.close();
  });
  const theSpace = () => space;

  onMains(theSpace);
  holds(theSpace);
  drills(theSpace);
  network(theSpace);
  powerCuts(theSpace);
  networkInPowerCut(theSpace);
  people(theSpace);
  team(theSpace);
  things(theSpace);
  // Last: they kill the program.
  events(theSpace);
});
