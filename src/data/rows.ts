/** One example of a dataset: what is asked, and what should be answered. */
export interface Row {
  /** Ready for the model: a template is already applied. */
  readonly prompt: string;
  readonly response: string;
  /** Where it stands in its file: the line, or the index in a JSON array; both count from 1. */
  readonly line: number;
}

/** A row as token ids: BOS, prompt, response, EOS. */
export interface EncodedRow {
  readonly ids: Uint32Array<ArrayBuffer>;
  /** How many of `ids` are BOS and prompt; what follows is trained on. */
  readonly promptLength: number;
}

export interface EncodedDataset {
  readonly rows: readonly EncodedRow[];
  /** Rows that had no response token left within the length. */
  readonly dropped: number;
  readonly file: string;
}
