import { pairs, words } from './form';

// The things of the world. Short common words, many of them used in several tasks, so that the vocabulary stays small.

export const ANIMALS = words('cat dog cow pig hen fox bear mouse horse duck frog sheep goat lion');
export const FOODS = words('apple pear plum lemon bread cake soup egg');
export const COLOURS = words('red blue green yellow black white brown');
export const THINGS = words('cup book chair table door lamp hat coat shoe');
export const CATEGORIES = words('animal food colour thing');
/** What lists are made of, by category. */
export const LISTED: readonly (readonly string[])[] = [ANIMALS, FOODS, COLOURS, THINGS].map((group) => group.slice(0, 7));
export const LIST_WORDS = LISTED.flat();

export const NUMBERS = words('zero one two three four five six seven eight nine ten eleven twelve');
export const DAYS = words('monday tuesday wednesday thursday friday saturday sunday');

export const OPPOSITES = pairs(`
  hot cold, big small, up down, day night, fast slow, wet dry, old new, open closed, happy sad, light dark, full empty, high low,
  hard soft, rich poor, strong weak, early late, left right, in out, long short, clean dirty, loud quiet, near far`);

export const PLURALS = pairs(`
  cat cats, dog dogs, fox foxes, mouse mice, goose geese, child children, man men, woman women, foot feet, tooth teeth, leaf leaves,
  knife knives, city cities, baby babies, box boxes, bus buses, egg eggs, book books, cup cups, sheep sheep, door doors, cow cows`);

export const COLOUR_OF = pairs(`
  the grass green, the sky blue, snow white, coal black, blood red, a lemon yellow, a tomato red, milk white, a carrot orange, mud brown,
  a leaf green, the night black, a plum purple, a pea green, chalk white, ash grey, an elephant grey, the sea blue, butter yellow,
  chocolate brown`);

export const CAPITALS = pairs(`
  france paris, spain madrid, italy rome, japan tokyo, egypt cairo, greece athens, russia moscow, china beijing, england london,
  germany berlin, norway oslo, cuba havana, peru lima, kenya nairobi, poland warsaw, ireland dublin, portugal lisbon, austria vienna`);

export const YOUNG = pairs(`
  dog puppy, cat kitten, cow calf, sheep lamb, horse foal, duck duckling, hen chick, bear cub, pig piglet, goat kid, goose gosling,
  frog tadpole`);

export const SOUNDS = pairs('dog woof, cat meow, cow moo, duck quack, sheep baa, pig oink, hen cluck, horse neigh, bee buzz, lion roar');

/** From small to big. */
export const BY_SIZE = words('ant bee mouse frog hen cat dog sheep cow elephant whale');

export const FRIENDS = words('tom anna max lily ben emma paul rosa');
export const GIFTS = words('book cup hat coat key lamp bread milk cake ball');

/** "a cat", "an ant". */
export function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}
