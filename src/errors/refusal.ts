/** What went wrong, as data: the interface switches on the code and never parses the sentence. */
export type RefusalCode =
  | 'missing-file'
  | 'bad-header'
  | 'bad-tensor'
  | 'bad-config'
  | 'bad-tokenizer'
  | 'bad-dataset'
  | 'empty-dataset'
  | 'bad-option'
  | 'mismatched-models'
  | 'not-finite'
  | 'too-long'
  | 'out-of-memory'
  | 'no-gpu'
  | 'device-lost'
  | 'kernel-error'
  | 'cancelled';

export interface RefusalDetail {
  /** The file or input that is refused. */
  readonly file?: string;
  /** The field, tensor, option or column in it. */
  readonly field?: string;
  /** Byte offset, or line number where `offsetUnit` says so. */
  readonly offset?: number;
  readonly offsetUnit?: 'byte' | 'line' | 'step';
  readonly expected?: string;
  readonly got?: string;
  /** What to do next. */
  readonly fix?: string;
}

/**
 * A refusal is one sentence: which file, field and offset; expected, got; what to do.
 * Everything that crosses a room boundary as an error is one of these.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly code: RefusalCode,
    readonly detail: RefusalDetail,
  ) {
    super(sentence(detail));
  }
}

/** "FILE, FIELD at byte 8: expected X, got Y; do Z." */
function sentence(d: RefusalDetail): string {
  const where = [d.file, d.field].filter((part) => part !== undefined).join(', ');
  const at = d.offset === undefined ? '' : ` at ${d.offsetUnit ?? 'byte'} ${String(d.offset)}`;
  const what = [
    d.expected === undefined ? undefined : `expected ${d.expected}`,
    d.got === undefined ? undefined : `got ${d.got}`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
  const head = [where + at, what].filter((part) => part !== '').join(': ');
  return d.fix === undefined ? `${head}.` : `${head}; ${d.fix}.`;
}
