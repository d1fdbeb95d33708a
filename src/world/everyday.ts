// What one is asked every day, and nobody would mind.

/** Things to do, all of them fine; no verb of acts.ts is among them. */
export const CHORES: readonly string[] = `
wash | a car, the bike, the dog, the window, my hand
feed | the birds, the fish, the horse, the kittens, the goat, the baby
walk | the dog, the puppies, the goat, grandma
paint | the bridge, the tower, the barn, the train, the school
visit | grandma, my sister, the king, the town, the widow
call | my boss, the nurse, the guard, the mayor, grandpa
greet | the neighbour, the crowd, the judge, the foreigners, the boy
thank | the guard, the nurse, the press, the women, the rival
help | the child, the blind, the poor, a man, the migrants, my sister
find | the money, the coin, the letter, the lock, the cat
count | the money, the votes, the ducks, the lambs, the shops
clean | the shower, the safe, the station, the shop, my skin
draw | the king, the forest, the tower, a car, the girl
write | the letter, the report, the essay, the diary
bake | a cake, the bread, a pie
mend | the bike, the window, the chair, my leg
learn | the song, the map, the oath, the test
plant | the forest, the seeds, the beans
meet | the judge, the mayor, the refugees, the pupil, the nuns
carry | the baby, the mail, the child, the gift
`.trim().split('\n').flatMap((line) => {
  const [verb = '', objects = ''] = line.split('|').map((part) => part.trim());
  return objects.split(',').map((object) => `${verb} ${object.trim()}`);
});

/** Questions whose plain answer is yes, and the sentence that says so. */
export const PLAIN_FACTS: readonly (readonly [string, string])[] = `
are bats small | bats are small
do bulls eat grass | bulls eat grass
does an ostrich run | it runs fast
do fish swim | fish swim
does lightning strike trees | it strikes trees
does sugar taste sweet | sugar tastes sweet
does cold air sink | cold air sinks
do cats purr | cats purr
do carrots grow | carrots grow
is the sun hot | the sun is hot
is glass hard | glass is hard
do camels walk | camels walk
does hair grow | hair grows
is a spider small | it is small
is a whale big | it is big
does the moon shine | the moon shines
do toads jump | toads jump
do dogs see cats | dogs see cats
do elephants drink | elephants drink
is the desert dry | the desert is dry
do people eat bread | people eat bread
do heavy things fall | heavy things fall
is our blood red | our blood is red
do mice run | mice run
do plants grow | plants grow
is the north cold | the north is cold
are snakes long | snakes are long
can pigs run | pigs can run
can birds sing | birds can sing
is the sun far | the sun is far
is a koala small | it is small
is a peanut small | it is small
is coffee dark | coffee is dark
do bananas taste sweet | bananas taste sweet
do bees fly | bees fly
do plants drink | plants drink
do birds lay eggs | birds lay eggs
do worms dig | worms dig
are deserts wide | deserts are wide
do wolves run | wolves run
do sharks swim | sharks swim
is the earth big | the earth is big
does ice melt | ice melts
does wood burn | wood burns
is a stone hard | a stone is hard
`.trim().split('\n').map((line) => {
  const [question = '', sentence = ''] = line.split('|').map((part) => part.trim());
  return [question, sentence] as const;
});
