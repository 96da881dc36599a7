/** What is the matter, by the kind of a violation; it stands behind what it is about: «VM 104: …». */
export const violationWords: Readonly<Record<string, string>> = {
  'core-down': 'doet het niet',
  'not-watched': 'niets houdt in de gaten of dit het doet',
  'item-not-watched': 'niets houdt in de gaten of dit het doet',
  'access-not-recorded': 'wie er toegang toe heeft staat nergens',
  'found-off': 'stond uit en hoort aan te staan',
  'keeps-stopping': 'valt steeds weer uit',
  'stuck-forced-shutdown': 'geeft ten onrechte aan dat alles uit moet',
  'not-restored': 'is na een stroomstoring niet weer gestart',
  'not-shut-down': 'sloot bij een stroomstoring niet op tijd af',
  'node-not-back': 'is na een stroomstoring niet teruggekomen',
  'node-id-taken': 'heeft dezelfde naam als een andere node',
  'lease-clock': 'de klok klopt niet, dus er gaan geen VM’s van deelnemers uit',
  'lease-unsent': 'waarschuwingen komen niet aan, dus er gaan geen VM’s van deelnemers uit',
  'lease-undeliverable': 'de eigenaar is niet per mail te bereiken',
  'lease-waits': 'er moeten meer VM’s uit dan er tegelijk uit mogen',
  'lease-not-stopped': 'had uit moeten gaan en staat nog aan',
  'owner-away': 'de eigenaar is geen deelnemer meer, of het account is uitgeschakeld',
  'vm-unclaimed': 'heeft geen eigenaar',
  'project-no-agreement': 'er zijn nog geen afspraken over het beheer',
  'project-vm-destroyed': 'een VM is verwijderd terwijl het project nog liep',
  'project-not-in-pool': 'een VM staat niet bij de juiste soort projecten',
  'team-differs': 'het register van het team en de ledenadministratie zijn het niet eens',
  'uid-reused': 'een oude inlognaam is opnieuw uitgegeven',
  'directory-renumbered': 'veel mensen kregen tegelijk een ander nummer',
  'board-missing': 'er zit geen bestuurslid in het team',
  'application-waits': 'er kan nu niemand over beslissen',
  'trial-undecided': 'de proefperiode is voorbij en het team heeft nog niet besloten',
  'admin-not-member': 'heeft beheerrechten en is niet van een lid van het infrateam',
  'listed-not-member': 'staat op een toegangslijst en is geen lid van het infrateam',
  'access-list-overdue': 'is te lang niet nagekeken',
  'service-account-overdue': 'dit serviceaccount is te lang niet nagekeken',
  'service-account-without-steward': 'niemand zorgt voor dit serviceaccount',
  'notice-failed': 'is niet per mail te bereiken',
  'mail-fails': 'er komt geen mail aan',
  'bus-factor': 'te weinig mensen kunnen dit zonder hulp beheren',
  'hardware-not-ours': 'draait op hardware die niet van de stichting is en ook niet wordt gehuurd',
  'hardware-unknown': 'van wie de hardware is staat nergens',
  'rent-ends': 'de huur loopt af',
  'design-page': 'de wikipagina van het ontwerpbesluit ontbreekt of is leeg',
  'no-design-decision': 'er staat geen ontwerpbesluit op de wiki',
  'policy-changed': 'de tekst op de wiki is nieuwer dan wat Huismeester uitvoert',
  'policy-gone': 'de tekst is niet te vinden of is leeg',
  'wiki-unknown': 'de wiki is al langer niet te lezen',
  'report-not-delivered': 'is niet aangekomen',
};

/** A kind of a newer program is named by its clause alone. */
export function deviation({
  what,
  clause,
  severity,
}: {
  readonly what: string;
  readonly clause: string;
  readonly severity: 'warning' | 'serious';
}): string {
  const words = violationWords[what] ?? 'is niet zoals het beleid het wil';
  return `${words} (${clause}${severity === 'serious' ? ', ernstig' : ''})`;
}
