import { expect, test } from 'vitest';
import { events } from './events.ts';
import { states } from './states.ts';

test('only power cuts are announced over MQTT: violations may be about people, and acts are those of people', () => {
  const announced = Object.entries(events).filter(([, { audience }]) => audience === 'public');
  const said = announced.map(([type, { data }]) => [type, ...Object.keys(data.properties)]);
  expect(said).toEqual([
    ['outage.began', 'ups', 'since'],
    ['outage.stage-entered', 'ups', 'stage', 'because', 'reasons'],
    ['outage.ended', 'ups', 'lasted_s'],
  ]);
});

test('states count violations, those about people too, and name neither them nor people', () => {
  const said = Object.entries(states).map(([kind, { place, payload }]) => {
    const texts = Object.entries<object>(payload.properties).filter(
      ([, field]) => !('enum' in field) && 'type' in field && field.type === 'string',
    );
    return [kind, place === 'main' ? [] : Object.keys(place), texts.map(([key]) => key)];
  });
  expect(said).toEqual([
    ['space', [], []],
    ['desired', ['vm'], []],
  ]);
  expect(Object.keys(states.space.payload.properties)).toContain('open_violations');
});
