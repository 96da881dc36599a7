import { describe, expect, it } from 'vitest';
import { type SpaceFacts, saysOf, stateOf } from './sentence.ts';

const fine: SpaceFacts = {
  stage: 'mains',
  isDryRun: false,
  coreDown: { count: 0 },
  nodesOff: 0,
  hindered: 0,
  violations: { serious: 0, all: 0 },
  unseen: { count: 0 },
};
const at = Date.parse('2026-12-02T13:05:00Z');
const next = { stage: 'participant', at };
const named = (...names: string[]) => ({ count: names.length, names });

describe('the sentence about the space', () => {
  it.each<[string, Partial<SpaceFacts>, string, string]>([
    ['nothing is the matter', {}, 'fine', 'Alles draait.'],
    [
      'the power rule was not asked yet',
      { stage: 'unknown' },
      'unknown',
      'Het is nog niet bekend hoe het ervoor staat.',
    ],
    [
      'a cut, with a next stage',
      { stage: 'hold', next },
      'cut',
      'De stroom is uitgevallen: om 14:05 gaan de VM’s van deelnemers uit.',
    ],
    [
      'a cut by which nothing goes off',
      { stage: 'hold', next, isDryRun: true },
      'cut',
      'De stroom is uitgevallen: er wordt niets uitgezet, want dat staat op dry-run.',
    ],
    [
      'a cut that has just begun',
      { stage: 'hold', next: { stage: 'hold', at } },
      'cut',
      'De stroom is uitgevallen: er gaat nog niets uit.',
    ],
    ['a cut at its last stage', { stage: 'core' }, 'cut', 'De stroom is uitgevallen.'],
    [
      'mains that is back, with core that is still off',
      { stage: 'recovering', coreDown: named('VM 101') },
      'cut',
      'De stroom is terug; wat draaide, start weer zodra dat te vertrouwen is.',
    ],
    ['core that is down', { coreDown: named('website') }, 'serious', 'Core-infra doet het niet: website.'],
    [
      'more core that is down than fits a sentence',
      { coreDown: named('a', 'b', 'c', 'd', 'e') },
      'serious',
      'Core-infra doet het niet: a, b, c, +2.',
    ],
    [
      'core that is down, for whom it is not said which',
      { coreDown: { count: 2 } },
      'serious',
      'Core-infra doet het niet.',
    ],
    ['a node that is off', { nodesOff: 1 }, 'serious', 'Een node staat uit.'],
    ['what could not be done', { hindered: 2 }, 'serious', '2 beslissingen konden niet worden uitgevoerd.'],
    [
      'two that are serious',
      { coreDown: named('login'), hindered: 1 },
      'serious',
      'Core-infra doet het niet: login; een beslissing kon niet worden uitgevoerd.',
    ],
    [
      'a serious violation',
      { violations: { serious: 1, all: 3 } },
      'serious',
      '1 ernstige afwijking van het beleid.',
    ],
    [
      'core that is down, which is a serious violation as well, is said once',
      { coreDown: named('website'), violations: { serious: 1, all: 1 } },
      'serious',
      'Core-infra doet het niet: website.',
    ],
    [
      'what cannot be seen, beside violations',
      { unseen: named('netwatch'), violations: { serious: 0, all: 3 } },
      'unknown',
      'Netwatch is nu niet te zien, dus niet alles is bekend.',
    ],
    [
      'what cannot be seen, for whom it is not said what',
      { unseen: { count: 1 } },
      'unknown',
      'Niet alles is bekend.',
    ],
    [
      'core that is down beside what cannot be seen',
      { unseen: named('netwatch'), coreDown: named('website') },
      'serious',
      'Core-infra doet het niet: website.',
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
