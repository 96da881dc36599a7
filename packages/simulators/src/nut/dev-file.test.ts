import { expect, it } from 'vitest';
import { parseDevFile } from './dev-file.ts';

it('reads a recording as dummy-ups does', () => {
  const text = `# DEVICE: a recording
battery.charge: 100
ups.load:   33.3
ups.status: OL  CHRG	#BAD: says LB too
ups.mfr: "A \\# B"
ups.model:

TIMER 5
`;
  expect(parseDevFile(text)).toEqual({
    'battery.charge': '100',
    'ups.load': '33.3',
    'ups.status': 'OL CHRG',
    'ups.mfr': 'A # B',
    'ups.model': '',
  });
});
