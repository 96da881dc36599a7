/** Who has what to do in the demo; the password of all is {@link password}. */
export const people = {
  mira: 'full member of the infrateam',
  teun: 'full member of the infrateam',
  saar: 'of the infrateam and the board',
  noor: 'on trial in the infrateam',
  koen: 'of the board',
  lisa: 'participant, to whom VM 120 is offered',
  daan: 'participant, who has VM 123',
  fleur: 'participant, who applied for the infrateam and was refused',
} as const;

export type Somebody = keyof typeof people;

export const password = 'demo';
