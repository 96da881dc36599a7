import type { GroupName } from '@huismeester/contracts';
import { duur, dutch as words } from '@huismeester/contracts/sentences';
import { people, preferences, sessions } from './people-words-nl.ts';
import type { Words } from './words-en.ts';

const { groups } = words;

export const dutch: Words = {
  groups,
  register: words.registers,
  roles: words.roles,
  none: 'geen',
  people,
  preferences,
  sessions,
  login: {
    who: 'Login (uid of mailadres): ',
    password: 'Wachtwoord (je ziet het niet): ',
    done: (place, roles, until) => `Je bent ingelogd op ${place}, tot ${until}. Rollen: ${roles}.`,
    kept: (file) => `De sessie staat in ${file}; \`huismeester logout\` beëindigt hem.`,
    goesBefore: (variable) =>
      `${variable} is ingesteld en gaat voor deze sessie: haal die variabele weg om de sessie te gebruiken`,
    out: (place) => `Je bent uitgelogd op ${place}.`,
    alreadyOut: 'Er is hier niemand ingelogd.',
    refusals: {
      'wrong-login': () =>
        'Deze login bestaat niet, het wachtwoord klopt niet, of het account is geblokkeerd of uitgezet. Wat het is, zeggen we tegen niemand.',
      'too-many-logins': (wait) =>
        `Te vaak een foute login: probeer het ${wait === undefined ? 'later' : `over ${duur(wait)}`} opnieuw.`,
      'plain-password': () =>
        'Deze Huismeester neemt geen wachtwoord aan over gewoon HTTP: log in op het adres met https://.',
      'directory-unknown': () =>
        'Inloggen kan nu niet, want de directory is niet bekend. Wie al is ingelogd, blijft dat. Probeer het later opnieuw.',
      'no-directory': () =>
        'Deze Huismeester heeft geen directory, dus inloggen kan niet. De beheerder stelt er een in: `huismeester init --ldap ldaps://HOST`.',
    },
  },
  me: {
    roles: 'Rollen',
    register: 'Register',
    mail: 'Mail',
    inLog: 'In het log',
    session: 'Sessie',
    until: (at) => `tot ${at}`,
    place: 'Op',
    nobody: 'geen persoon',
    exported: (file) => `Alles wat over jou is bewaard, staat in ${file}.`,
  },
  directory: {
    kinds: { file: 'een bestand', ldap: 'LDAP', none: 'geen' },
    labels: {
      state: 'Directory',
      read: 'Gelezen',
      people: 'Personen',
      skipped: 'Overgeslagen',
      writes: 'Schrijven',
    },
    notSetUp:
      'niet ingesteld, dus niemand kan inloggen: `huismeester init --ldap ldaps://HOST` toont de instellingen',
    known: (kind) => `bekend (${kind})`,
    unknown: (kind, since) => `onbekend${since === undefined ? '' : ` sinds ${since}`} (${kind})`,
    never: 'nog nooit',
    rolesUntil: (at) => `Rollen en sessies blijven zoals ze waren, tot ${at}.`,
    people: (count, disabled) => `${count}, van wie ${disabled} uitgezet`,
    skipped: (count) =>
      `${count}: zonder uid, of met een uid die een ander ook heeft. Hiermee kan niemand inloggen.`,
    writes: {
      off: 'uit: Huismeester zegt wat er moet veranderen en wacht tot het ziet dat dat gebeurd is (`huismeester team`)',
      groups: 'Huismeester past de groepen van team en proefleden zelf aan',
    },
    heads: { group: 'groep', state: 'toestand', members: 'leden', detail: 'uitleg' },
    states: { known: 'bekend', unknown: 'onbekend', 'not-set-up': 'niet ingesteld' },
    dangling: (group: GroupName) =>
      `In de groep ${groups[group]}, maar geen persoon in de directory; haal ze daar weg:`,
    change: (id) => `Er veranderde zo veel tegelijk dat er nog niets mee gebeurt (wijziging ${id}):`,
    parts: (what, gone, of) =>
      `${gone} van ${of} ${changedParts[what] ?? `leden zijn weg uit de groep ${groups[what as GroupName] ?? what}`}`,
    more: (count) => `en nog ${count}`,
    howToAccept:
      'Klopt dat? `huismeester directory accept`. Zo niet: zet het daar terug, dan wordt het opnieuw gelezen.',
    renumbered: (count) =>
      `De directory gaf ${count} personen een ander id. Ze blijven bekend met hun uid. Weet je waarom? \`huismeester directory confirm\`.`,
    accepted: (id) => `Wijziging ${id} is geaccepteerd: vanaf nu is het zoals de directory zegt.`,
    nothingToAccept: 'Er wacht geen wijziging.',
    confirmed: 'Genoteerd: het team weet dat de directory iedereen een ander id gaf.',
    areYouSure: 'Accepteer je dat? [j/N] ',
    notAccepted: 'Er is niets geaccepteerd.',
    sayYes: 'er is niets geaccepteerd: kijk om wie het gaat; klopt dat: `huismeester directory accept --yes`',
    reasons: {
      'no-answer': 'hij antwoordt niet',
      tls: 'het certificaat wordt niet geaccepteerd',
      'wrong-secret': 'onze eigen login wordt geweigerd',
      refused: 'hij weigert wat we vragen',
      'base-gone': 'de basis is er niet, of we mogen hem niet lezen',
      'size-limit': 'hij geeft maar een deel',
      referral: 'hij verwijst naar een andere server',
      incomplete: 'er ontbreekt iets in het antwoord',
      'bad-file': 'het bestand is niet te lezen',
      'too-much-gone': 'er is te veel tegelijk veranderd',
      failed: 'het lezen mislukte',
    },
    remedies: {
      'no-answer':
        'Kijk of de server draait, of directory.ldap.urls klopt, en of er geen firewall tussen zit.',
      tls: 'Vernieuw het certificaat, of zet de uitgever ervan in directory.ldap.ca. De naam in de URL moet in het certificaat staan.',
      'wrong-secret': 'Verbeter directory.ldap.bindDn en bindPassword. Is dat account geblokkeerd?',
      refused:
        'Geef het account van directory.ldap.bindDn het recht om personen, groepen en hun attributen te lezen.',
      'base-gone':
        'Verbeter directory.ldap.base, of geef het account van directory.ldap.bindDn het recht om daar te zoeken.',
      'size-limit':
        'Maak de limiet van de server hoger voor het account van directory.ldap.bindDn (slapd: `olcLimits: dn.exact="BINDDN" size.prtotal=unlimited`).',
      referral: 'Zet in directory.ldap.urls een server die zelf alle personen en groepen heeft.',
      incomplete:
        'Geef het account van directory.ldap.bindDn het recht om de attributen te lezen, ook operationele zoals entryUUID.',
      'bad-file':
        'Herstel het bestand dat in directory.file staat, en kijk of de gebruiker van Huismeester het mag lezen.',
      'too-much-gone': 'Kijk naar de wijziging hieronder.',
      failed: '`huismeester check-config --connect` probeert het en zegt meer; het log ook.',
    },
  },
};

const changedParts: Readonly<Record<string, string>> = {
  people: 'personen zijn weg',
  enabled: 'accounts die aan stonden, staan nu uit',
  disabled: 'accounts die uit stonden, staan nu aan',
};
