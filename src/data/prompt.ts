/** How a request is put to the model. 'plain' is the text alone. */
export type PromptTemplate = 'alpaca' | 'plain';

export interface Request {
  readonly instruction: string;
  /** What the instruction is about, where it stands apart. */
  readonly input?: string;
}

const ALPACA = 'Below is an instruction that describes a task. Write a response that appropriately completes the request.';
const ALPACA_INPUT = 'Below is an instruction that describes a task, paired with an input that provides further context. '
  + 'Write a response that appropriately completes the request.';

/** The prompt that the response follows. The Alpaca template is that of Taori et al., "Stanford Alpaca" (2023). */
export function promptText({ instruction, input = '' }: Request, template: PromptTemplate): string {
  switch (template) {
    case 'alpaca':
      return input === ''
        ? `${ALPACA}\n\n### Instruction:\n${instruction}\n\n### Response:\n`
        : `${ALPACA_INPUT}\n\n### Instruction:\n${instruction}\n\n### Input:\n${input}\n\n### Response:\n`;
    case 'plain':
      return input === '' ? `${instruction}\n` : `${instruction}\n${input}\n`;
    default:
      return template satisfies never;
  }
}
