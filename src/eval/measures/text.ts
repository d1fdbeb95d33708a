/**
 * An answer as exact match compares it: lower case, no space around it, one space between words, one full stop at its end
 * left out.
 */
export function normalise(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim().replace(/\s?\.$/, '');
}

export function exactMatch(answer: string, reference: string): boolean {
  return normalise(answer) === normalise(reference);
}

/** Runs of letters and digits, in lower case: punctuation is no word. */
export function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * ROUGE-L of an answer, in [0, 1]: F1 = 2·LCS/(m + n), LCS the longest common subsequence of the two texts' m and n words
 * (Lin, "ROUGE: A Package for Automatic Evaluation of Summaries", 2004, section 3.2, β = 1). 0 where either has no word.
 */
export function rougeL(answer: string, reference: string): number {
  const [a, b] = [words(answer), words(reference)];
  return a.length === 0 || b.length === 0 ? 0 : (2 * longestCommon(a, b)) / (a.length + b.length);
}

/** Length of the longest common subsequence. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  // row[j]: of the words of `a` so far and the first j of `b`.
  let row = new Uint32Array(b.length + 1);
  for (const word of a) {
    const next = new Uint32Array(b.length + 1);
    b.forEach((other, j) => {
      next[j + 1] = word === other ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0);
    });
    row = next;
  }
  return row[b.length] ?? 0;
}
