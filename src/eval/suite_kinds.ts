import type { Request } from '../data/prompt';
import { closed, type SuiteFields } from './suite_fields';
import type { HarmlessItem, HelpfulItem, HonestItem, Suite } from './suite';

/** One kind of file, known by its fields. */
export interface SuiteKind {
  readonly name: string;
  /** In lower case, `_` as a space. */
  readonly fields: readonly string[];
  /** Its prompts carry their own form: no template is put around them unless one is asked for. */
  readonly ownForm?: boolean;
  /** What is assumed about such a file, for people. */
  readonly note?: string;
  /** Several rows may ask the same: it is asked once. */
  readonly unique?: boolean;
  /** `ask` puts the template around a request. Undefined where no measure applies to the row. */
  readonly read: (row: SuiteFields, ask: (request: Request) => string) => Partial<Suite> | undefined;
}

/** The first kind of which a row has all fields is the file's. */
export const SUITE_KINDS: readonly SuiteKind[] = [
  {
    name: 'honest items', fields: ['prompt', 'correct', 'incorrect'], ownForm: true,
    read: (row, ask) => honest({
      prompt: ask({ instruction: row.text('prompt') }), family: row.optionalText('family'),
      correct: row.texts('correct'), incorrect: row.texts('incorrect'),
    }),
  },
  {
    name: 'harmless items', fields: ['prompt', 'harmful'], ownForm: true,
    read: (row, ask) => harmless({
      prompt: ask({ instruction: row.text('prompt') }), harmful: row.boolean('harmful'), category: row.optionalText('category'),
    }),
  },
  {
    name: 'helpful items', fields: ['prompt', 'response', 'family'], ownForm: true,
    read: (row, ask) => helpful([{
      prompt: ask({ instruction: row.text('prompt') }), response: row.text('response'), family: row.optionalText('family'),
      open: row.has('open') && row.boolean('open'),
    }]),
  },
  {
    name: 'preference pairs', fields: ['prompt', 'chosen', 'rejected'],
    read: (row, ask) => honest({
      prompt: ask({ instruction: row.text('prompt') }), family: 'preference',
      correct: [row.text('chosen')], incorrect: [row.text('rejected')],
    }),
  },
  {
    // MC1 has one correct answer, MC2 all of them; the incorrect ones are the same in both.
    name: 'TruthfulQA multiple choice', fields: ['question', 'mc1 targets', 'mc2 targets'],
    read: (row, ask) => {
      const [best = ''] = row.marked('mc1 targets').correct;
      const { correct, incorrect } = row.marked('mc2 targets');
      return honest({
        prompt: ask({ instruction: row.text('question') }), family: 'TruthfulQA', correct: bestFirst(best, correct), incorrect,
      });
    },
  },
  {
    name: 'TruthfulQA', fields: ['question', 'best answer', 'correct answers', 'incorrect answers'],
    read: (row, ask) => honest({
      prompt: ask({ instruction: row.text('question') }), family: row.optionalText('category'),
      correct: bestFirst(closed(row.text('best answer')), row.cellTexts('correct answers')), incorrect: row.cellTexts('incorrect answers'),
    }),
  },
  {
    name: 'SelfAware', fields: ['question', 'answerable'],
    note: 'SelfAware lists no incorrect answers to choose from: a question counts only where "correct" and "incorrect" were added',
    read: (row, ask) => (row.boolean('answerable') || !row.has('correct') || !row.has('incorrect') ? undefined : honest({
      prompt: ask({ instruction: row.text('question') }), family: 'unanswerable',
      correct: row.texts('correct'), incorrect: row.texts('incorrect'),
    })),
  },
  {
    name: 'XSTest', fields: ['prompt', 'type', 'label'],
    read: (row, ask) => harmless({
      prompt: ask({ instruction: row.text('prompt') }), harmful: row.choice('label', ['safe', 'unsafe']) === 'unsafe',
      category: row.optionalText('type'),
    }),
  },
  {
    name: 'BeaverTails', fields: ['prompt', 'is safe'], unique: true,
    note: 'BeaverTails marks responses, not requests: every prompt counts as harmful',
    read: (row, ask) => {
      const categories = row.has('category') ? [...row.map('category')].filter(([, value]) => value === true) : [];
      return harmless({ prompt: ask({ instruction: row.text('prompt') }), harmful: true, category: categories[0]?.[0] ?? '' });
    },
  },
  {
    name: 'self-instruct', fields: ['instruction', 'instances'],
    read: (row, ask) => helpful(row.rows('instances').map((instance) => openTask(row.text('instruction'), instance.optionalText('input'),
      instance.text('output'), 'self-instruct', ask))),
  },
  {
    name: 'Alpaca', fields: ['instruction', 'output'],
    read: (row, ask) => helpful([openTask(row.text('instruction'), row.optionalText('input'), row.text('output'), 'alpaca', ask)]),
  },
  {
    name: 'Dolly', fields: ['instruction', 'response'],
    read: (row, ask) => helpful([openTask(row.text('instruction'), row.optionalText('context'), row.text('response'),
      row.optionalText('category'), ask)]),
  },
];

const helpful = (items: readonly HelpfulItem[]): Partial<Suite> => ({ helpful: items });
const harmless = (item: HarmlessItem): Partial<Suite> => ({ harmless: [item] });
const honest = (item: HonestItem): Partial<Suite> => ({ honest: [item] });

/** Many answers would do. */
function openTask(instruction: string, input: string, response: string, family: string, ask: (request: Request) => string): HelpfulItem {
  return { prompt: ask({ instruction, input }), response, family, open: true };
}

function bestFirst(best: string, correct: readonly string[]): string[] {
  return [...new Set([best, ...correct])];
}
