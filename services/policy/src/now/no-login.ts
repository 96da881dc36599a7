import type { Site, SpaceSettings } from '@huismeester/contracts';
import { takesPasswords } from '@huismeester/service';

/** A request for something that anybody may know. */
export type Asking = Parameters<typeof takesPasswords>[0];

interface Where {
  readonly settings: { readonly http: SpaceSettings['http']; readonly directory?: unknown };
  readonly publicUrl: string | undefined;
}

/** Why whoever asks so cannot log in, for people; undefined: they can. It is said before anybody types a password. */
export function whyNoLogin(request: Asking, { settings, publicUrl }: Where): Site['noLogin'] {
  if (settings.directory === undefined) return { says: noDirectory };
  if (takesPasswords(request, settings)) return undefined;
  if (publicUrl?.startsWith('https://')) return { says: plain, url: publicUrl };
  return { says: { nl: `${plain.nl} ${noHttps.nl}`, en: `${plain.en} ${noHttps.en}` } };
}

const noDirectory = {
  nl: 'Hier kan niemand inloggen: er is geen directory ingesteld. Op de machine zelf werkt «huismeester».',
  en: 'Nobody can log in here: no directory is set up. On the machine itself «huismeester» works.',
};

const plain = {
  nl: 'Inloggen kan hier niet: over http:// kan iedereen onderweg je wachtwoord lezen. Open deze pagina met https://.',
  en: 'You cannot log in here: over http:// anybody on the way can read your password. Open this page with https://.',
};

const noHttps = {
  nl: 'Werkt dat niet, dan moet wie Huismeester beheert eerst https instellen: «huismeester check-config» zegt hoe.',
  en: 'If that does not work, whoever runs Huismeester must set up https first: «huismeester check-config» says how.',
};
