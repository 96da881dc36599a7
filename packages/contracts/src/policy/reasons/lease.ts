import type { Phrases } from './phrase.ts';

/** Of the rule that stops participants' VMs whose lease ended (PART-4), and of that which watches their owners (PART-3). */
export const lease = {
  'lease-ended': {
    en: ({ until = '' }) => `its lease ended at ${until}`,
    nl: ({ until = '' }) => `de termijn liep af op ${until}`,
  },
  'lease-ends': {
    en: ({ vm = '', until = '' }) =>
      `VM ${vm} is shut down at ${until}, unless its lease is renewed before; nothing in it is deleted`,
    nl: ({ vm = '', until = '' }) =>
      `VM ${vm} gaat uit op ${until}, tenzij je de termijn voor die tijd verlengt; er wordt niets verwijderd`,
  },
  'lease-warned': {
    en: ({ until = '' }) => `its owner was warned of this at ${until}`,
    nl: ({ until = '' }) => `de eigenaar kreeg hierover bericht op ${until}`,
  },
  'lease-not-warned': {
    en: () => 'its owner was not warned of it a day before, so it was put off and the warning goes now',
    nl: () => 'de eigenaar kreeg geen dag van tevoren bericht, dus het is uitgesteld en het bericht gaat nu',
  },
  'lease-runs-again': {
    en: () => 'it went off and runs again without a new start by a person, so its owner is warned first',
    nl: () =>
      'het ging uit en draait weer zonder dat iemand het startte, dus de eigenaar krijgt eerst bericht',
  },
  'lease-waits': {
    en: ({ text = '' }) =>
      `no more than ${text} VMs are shut down in an hour since their lease ended, so the others wait`,
    nl: ({ text = '' }) =>
      `er gaan niet meer dan ${text} VM’s per uur uit omdat hun termijn afliep, dus de andere wachten`,
  },
  'lease-asked': {
    en: () => 'it was asked to shut down, and is not off yet: Proxmox may be busy with it, or hold it locked',
    nl: () =>
      'het is gevraagd af te sluiten en staat nog niet uit: Proxmox kan er mee bezig zijn, of het is vergrendeld',
  },
  'lease-not-stopped': {
    en: () => 'it was asked to shut down and did not: somebody has to look; it is asked again',
    nl: () => 'het is gevraagd af te sluiten en deed dat niet: iemand moet kijken; het wordt weer gevraagd',
  },
  'lease-unsent': {
    en: () =>
      'warnings that a lease ends are not handed to the mail server, so nothing is stopped and each stop is put off: look at `mail` in space.yaml, and at `huismeester mail test`',
    nl: () =>
      'berichten dat een termijn afloopt komen niet bij de mailserver aan, dus er gaat niets uit en alles schuift op: kijk naar `mail` in space.yaml, en naar `huismeester mail test`',
  },
  'lease-undeliverable': {
    en: () =>
      'its owner cannot be reached by mail: the address is refused, or the directory has none; it is shut down all the same',
    nl: () =>
      'de eigenaar is niet te bereiken per mail: het adres wordt geweigerd, of de directory heeft er geen; het gaat toch uit',
  },
  'lease-clock': {
    en: () =>
      'the clock is not believed, so nothing is stopped and no stop is put off: look at the clock, then `huismeester clock accept`',
    nl: () =>
      'de klok is niet te vertrouwen, dus er gaat niets uit en er schuift niets op: kijk naar de klok, en dan `huismeester clock accept`',
  },
  'lease-dry-run': {
    en: () => 'PART-4 is not armed: nobody is warned, and nothing is stopped',
    nl: () => 'PART-4 staat niet op scherp: niemand krijgt bericht, en er gaat niets uit',
  },
  'lease-off': {
    en: () => 'it does not run; its lease goes on until its end, and a start begins a new one',
    nl: () => 'het staat uit; de termijn loopt door tot het einde, en een start begint een nieuwe',
  },
  'lease-unseen': {
    en: () => 'it cannot be seen now, so nothing is done',
    nl: () => 'het is nu niet te zien, dus er gebeurt niets',
  },
  'owner-gone': {
    en: () =>
      'the directory does not have its owner any more: somebody of the team gives it another owner, or lets its lease end',
    nl: () =>
      'de eigenaar staat niet meer in de directory: iemand van het team geeft het een andere eigenaar, of laat de termijn aflopen',
  },
  'owner-disabled': {
    en: () =>
      'the account of its owner is disabled: somebody of the team gives it another owner, or lets its lease end',
    nl: () =>
      'het account van de eigenaar is uitgeschakeld: iemand van het team geeft het een andere eigenaar, of laat de termijn aflopen',
  },
  'vm-unclaimed': {
    en: ({ until = '' }) =>
      `nobody is its owner since it was found on ${until}: it has no lease, and is not stopped; somebody of the team gives it an owner`,
    nl: ({ until = '' }) =>
      `het heeft geen eigenaar sinds het op ${until} is gevonden: er loopt geen termijn, en het gaat niet uit; iemand van het team geeft het een eigenaar`,
  },
} as const satisfies Phrases;
