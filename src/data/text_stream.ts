/** Decoded text that ends in this may be half a character, which the next token completes. */
const HALF = '\uFFFD';
/** A UTF-8 character has at most 4 bytes: a longer wait is for bytes that are no character at all. */
const MAX_WAIT = 8;

/** Turns tokens into text one by one, for showing an answer while it is generated. */
export class TextStream {
  private readonly ids: number[] = [];
  // Tokens from `shown` on are not yet in the text; those from `context` on are decoded with them, as a token's text may
  // depend on the one before (a leading space, a byte of a character).
  private context = 0;
  private shown = 0;

  constructor(private readonly decode: (ids: readonly number[]) => string) {}

  /** The text that this token adds; empty while a character is incomplete. */
  push(id: number): string {
    this.ids.push(id);
    return this.advance(this.ids.length - this.shown >= MAX_WAIT);
  }

  /** What is left at the end. */
  flush(): string {
    return this.advance(true);
  }

  private advance(force: boolean): string {
    const before = this.decode(this.ids.slice(this.context, this.shown));
    const now = this.decode(this.ids.slice(this.context));
    if (now.endsWith(HALF) && !force) return '';
    const text = now.slice(before.length);
    // A token without text of its own gives the next one nothing to stand after.
    if (text !== '') this.context = this.shown;
    this.shown = this.ids.length;
    return text;
  }
}
