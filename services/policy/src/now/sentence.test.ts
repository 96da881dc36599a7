import { describe, expect, it } from 'vitest';
import { type SpaceFacts, saysOf, stateOf } from './sentence.ts';

const fine: SpaceFacts = {
  known: true,
  stage: 'mains',
  coreDown: [],
  nodesOff: 0,
  hindered: 0,
  violations: { serious: 0, all: 0 },
  away: [],
};
const at = Date.parse('2026-12-02T13:05:00Z');

describe('the sentence about the space', () => {
  it.each<[string, Partial<SpaceFacts>, string, string]>([
    ['nothing is the matter', {}, 'fine', 'Alles draait.'],
    [
      'nothing was evaluated yet',
      { known: false },
      'unknown',
      'Het is nog niet bekend hoe het ervoor staat.',
    ],
    [
      'the power rule is silent',
      { stage: 'unknown' },
      'unknown',
      'Het is nog niet bekend hoe het ervoor staat.',
    ],
    [
      'a cut, with a next stage',
      { stage: 'hold', next: { stage: 'participant', at } },
      'cut',
      'De stroom is uitgevallen: om 14:05 gaan de VM’s van deelnemers uit.',
    ],
    ['a cut at its last stage', { stage: 'core' }, 'cut', 'De stroom is uitgevallen.'],
    [
      'mains that is back',
      { stage: 'recovering', coreDown: ['vm/101'] },
      'cut',
      'De stroom is terug; wat draaide, start weer zodra dat te vertrouwen is.',
    ],
    [
      'core that is down',
      { coreDown: ['probe/website'] },
      'serious',
      'Core-infra doet het niet: probe/website.',
    ],
    ['a node that is off', { nodesOff: 1 }, 'serious', 'Een node staat uit.'],
    ['what could not be done', { hindered: 2 }, 'serious', '2 beslissingen konden niet worden uitgevoerd.'],
    [
      'a serious violation',
      { violations: { serious: 1, all: 3 } },
      'serious',
      '1 ding is niet zoals het beleid het wil.',
    ],
    [
      'a log that cannot be read, beside violations',
      { away: ['netwatch'], violations: { serious: 0, all: 3 } },
      'unknown',
      'Netwatch geeft geen antwoord, dus niet alles is bekend.',
    ],
    [
      'violations that are not serious',
      { violations: { serious: 0, all: 2 } },
      'attention',
      '2 dingen zijn niet zoals het beleid het wil.',
    ],
  ])('%s', (_, facts, state, nl) => {
    const found = stateOf({ ...fine, ...facts });
    expect(found.state).toBe(state);
    expect(saysOf(found.reasons, 'Europe/Amsterdam').nl).toBe(nl);
  });

  it('is there in English too', () => {
    const { reasons } = stateOf({ ...fine, stage: 'hold', next: { stage: 'core', at } });
    expect(saysOf(reasons, 'Europe/Amsterdam').en).toBe('Power cut: at 14:05 core infra goes off.');
  });
});
