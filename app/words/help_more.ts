export type HelpNumber = readonly [name: string, formula: string, meaning: string];

/** Numbers that are set, and those of one screen: below what every run reports. */
export const helpMore: readonly { readonly title: string; readonly numbers: readonly HelpNumber[] }[] = [
  {
    title: 'The recipe',
    numbers: [
      ['λ gate loss', 'λ ≥ 0', 'Weight of the gate loss in the total. At 0 nothing tells the router whose a row is.'],
      ['γ pull to start', 'γ_{i} ≥ 0', 'Weight of each expert’s drift in the total: the larger, the nearer it stays to where it began.'],
      ['Steps after warm-up', 'one step = one update of the weights', 'Steps after the router’s warm-up. The step of the header and of the scrubber counts the warm-up too.'],
      ['Router warm-up', 'steps on L_{gate} alone', 'Steps at the start in which only the router learns.'],
      ['Rows per step', 'B rows', 'Rows of the datasets that one step reads, drawn in an order that the seed decides.'],
      ['Experts per token', 'top-K of E = 3', 'How many experts work on a token: those of the largest probability. The others are dropped.'],
      ['Adapter rank, α, dropout', 'W = W_{0} + (α / r)·B·A', 'Of LoRA: r is the rank of B·A, α its scale, dropout the share of its inputs that are set to 0 while it learns.'],
      ['Seed', 'a whole number from 0', 'Decides everything drawn by lot: order of the rows, random routers, dropout, sampling. The same seed on the same machine gives the same numbers.'],
    ],
  },
  {
    title: 'The models',
    numbers: [
      ['Parameters', 'Σ of all tensors’ sizes', 'Numbers that a model is made of; M is a million.'],
      ['Rows it brings', 'rows of its dataset', 'Examples of its kind that the fused model is trained on.'],
      ['Shape', 'rows × columns', 'Size of a tensor; before it how many of this shape there are.'],
      ['Distance from the base', '‖W_{i} − W_{base}‖ / ‖W_{base}‖', 'How far alignment has moved a tensor, in per cent of its length. The largest of the three is written.'],
      ['Moved since step 0', '‖W − W_{0}‖ / ‖W_{0}‖', 'How far the run has moved a tensor from where it began, in per cent of its length then; of experts the largest of the three. A fork’s routers began in another run, so that nothing is said of them.'],
    ],
  },
  {
    title: 'An answer',
    numbers: [
      ['Tokens', 'words and pieces of words', 'What was written, without the prompt. “Tokens at most” ends an answer that does not end itself.'],
      ['Temperature', 'p = softmax(z / T)', 'Of the next word: at 0 the likeliest is taken, above 1 the unlikely ones gain. The router has a temperature of its own.'],
      ['Top-p', 'smallest set with Σ p ≥ top-p', 'Only the likeliest words that together reach this probability can be drawn.'],
      ['Logit', 'z = G·x', 'What the router gives an expert before the softmax; only differences count.'],
      ['Layer', '1 … L', 'Counted from the input; every layer has a router of its own.'],
    ],
  },
  {
    title: 'The scores',
    numbers: [
      ['Mean of three', '(helpful + harmless + honest) / 3', 'Each out of 100, with equal weight.'],
      ['Declines', 'declined whole / all of the kind', 'Of harmful requests and of harmless look-alikes; half declines are counted apart and are no declines.'],
      ['MC1, tells the truth', 'right items / items', 'The two halves of Honest, each out of 100.'],
      ['The router’s mistakes', 'prompts with argmax p̄ ≠ kind, per kind, %', 'A row is the kind that was asked, a column the expert that was most probable.'],
      ['Points lost', '100·(score without expert − score)', 'The fused model is measured with one expert muted; a negative number says what that expert was worth.'],
    ],
  },
];

/** The entry that explains a label on screen, where it is called otherwise there. */
export const EXPLAINED_BY: Readonly<Record<string, string>> = {
  'gate loss': 'λ gate loss', 'pull to start': 'γ pull to start', 'Router warm-up, steps': 'Router warm-up',
  'Adapter rank': 'Adapter rank, α, dropout', 'Adapter α': 'Adapter rank, α, dropout', 'Adapter dropout': 'Adapter rank, α, dropout',
  'Steps skipped': 'Gradient norm', 'Router temperature': 'Step in', 'Tokens at most': 'Tokens',
  logit: 'Logit', 'prob.': 'Probability', share: 'Share', now: 'Step in', adds: 'Adds',
  'declines harm': 'Declines', 'declines look-alikes': 'Declines', 'half declines': 'Declines', MC1: 'MC1, tells the truth', 'tells the truth': 'MC1, tells the truth',
  shape: 'Shape', 'distance from the base, % of its norm': 'Distance from the base', 'moved since step 0, % of its norm': 'Moved since step 0',
  'router’s probability': 'Probability',
};
