import { signal } from '@preact/signals';

export type Language = 'nl' | 'en';

const key = 'huismeester.language';

/** The language of all texts: what was chosen here before, else the browser's. Change it with `speak`. */
export const language = signal<Language>(chosen());

/** The language that was asked for last: its texts may still be on their way. */
export const askedLanguage = signal<Language>(language.peek());

/** Texts in each language, loaded when a page needs them. */
export interface Dictionary<Words> {
  /** The texts in the language of now; they are loaded before what uses them is shown. */
  readonly value: Words;
  load(wanted: Language): Promise<unknown>;
}

const loaded = new Set<Dictionary<unknown>>();

/** A dictionary of texts, a module a language: the compiler sees to it that both have the same keys. */
export function dictionary<Words>(
  modules: Readonly<Record<Language, () => Promise<{ readonly default: Words }>>>,
): Dictionary<Words> {
  const known = signal<Readonly<Partial<Record<Language, Words>>>>({});
  const self: Dictionary<Words> = {
    get value() {
      const words = known.value[language.value];
      if (words === undefined) throw new Error(`texts in ${language.value} are used before they are loaded`);
      return words;
    },
    async load(wanted) {
      loaded.add(self);
      if (known.peek()[wanted] !== undefined) return;
      const { default: words } = await modules[wanted]();
      known.value = { ...known.peek(), [wanted]: words };
    },
  };
  return self;
}

/** Changes the language of everything that is on the screen, once its texts are there; rejects where they cannot be had. The last call wins. */
export async function speak(wanted: Language): Promise<void> {
  askedLanguage.value = wanted;
  try {
    await Promise.all([...loaded].map((each) => each.load(wanted)));
  } catch (error) {
    if (askedLanguage.peek() === wanted) askedLanguage.value = language.peek();
    throw error;
  }
  if (askedLanguage.peek() !== wanted) return;
  remember(wanted);
  document.documentElement.lang = wanted;
  language.value = wanted;
}

function chosen(): Language {
  const found = recalled() ?? navigator.language;
  return /^nl(?![a-z])/i.test(found) ? 'nl' : 'en';
}

// A browser may refuse to keep anything: then it is asked for again.
function recalled(): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

function remember(wanted: Language): void {
  try {
    localStorage.setItem(key, wanted);
  } catch {
    // Only this visit knows.
  }
}
