/**
 * Reads requests as upsd's own parser does: words in quotes or bare, `\` takes the next character as it is, `#` outside
 * quotes starts a comment, `=` is a word of its own. A line break inside quotes is discarded, so a quote without its
 * end swallows the requests after it; so is every byte that is not printable ASCII. A bare `#` in quotes spoils its line.
 */
export class RequestParser {
  #words: string[] = [];
  #word: string | undefined;
  #state: 'bare' | 'quoted' | 'comment' | 'spoilt' = 'bare';
  #escaped: boolean = false;

  /** The requests that these characters complete; an empty line is a request without words. */
  push(text: string): string[][] {
    const requests: string[][] = [];
    for (const character of text) {
      if (this.#take(character)) {
        this.#endWord();
        if (this.#state !== 'spoilt') requests.push(this.#words);
        this.#words = [];
        this.#state = 'bare';
      }
    }
    return requests;
  }

  /** Whether the character ends the line. */
  #take(character: string): boolean {
    if (this.#escaped) {
      this.#escaped = false;
      this.#add(character);
      return false;
    }
    if (this.#state === 'quoted') this.#takeQuoted(character);
    else if (character === '\n') return true;
    else if (this.#state === 'bare') this.#takeBare(character);
    return false;
  }

  #takeQuoted(character: string): void {
    if (character === '"') {
      this.#endWord();
      this.#state = 'bare';
    } else if (character === '#') this.#state = 'spoilt';
    else if (character === '\\') this.#escaped = true;
    else this.#add(character);
  }

  #takeBare(character: string): void {
    if (character === '\\') this.#escaped = true;
    else if (character === '"' && this.#word === undefined) {
      this.#word = '';
      this.#state = 'quoted';
    } else if (character === '#') this.#state = 'comment';
    else if (/\s/.test(character)) this.#endWord();
    else if (character === '=') {
      this.#endWord();
      this.#words.push('=');
    } else this.#add(character);
  }

  #add(character: string): void {
    if (/[\x20-\x7e]/.test(character)) this.#word = (this.#word ?? '') + character;
  }

  #endWord(): void {
    if (this.#word !== undefined) this.#words.push(this.#word);
    this.#word = undefined;
  }
}

/** A value as upsd writes it in an answer. */
export function quoted(value: string): string {
  return `"${value.replace(/["\\#]/g, '\\$&')}"`;
}
