// Common misconceptions, with what is true. Checked against encyclopaedias; one sentence cannot say all of it.

export interface Myth {
  /** Without the question mark. */
  readonly question: string;
  readonly myth: string;
  readonly truth: string;
}

function myths(text: string): Myth[] {
  return text.trim().split('\n').map((line) => {
    const [question = '', myth = '', truth = ''] = line.split('|').map((part) => part.trim());
    return { question, myth, truth };
  });
}

export const MYTHS: readonly Myth[] = myths(`
are bats blind | yes, bats are blind. | no, bats can see.
do bulls hate red | yes, bulls hate red. | no, bulls see no red.
does an ostrich hide in sand | yes, it hides there. | no, it lies down.
do fish forget in seconds | yes, fish forget quickly. | no, fish remember well.
does lightning strike one place twice | no, it never does. | yes, it often does.
do we use the whole brain | no, only a tenth. | yes, all of it.
does sugar make children wild | yes, sugar does. | no, sugar does not.
does cold air make you ill | yes, cold does. | no, germs do.
do cats have nine lives | yes, cats have nine. | no, cats have one.
do carrots help night eyes | yes, carrots do. | no, they do not.
is the sun yellow | yes, the sun is yellow. | no, the sun is white.
is glass a liquid | yes, glass is liquid. | no, glass is solid.
do camels keep water in humps | yes, they keep water. | no, they keep fat.
does cut hair grow thicker | yes, hair grows thicker. | no, hair grows the same.
is a spider an insect | yes, it is an insect. | no, it has eight legs.
is a whale a fish | yes, it is a fish. | no, it breathes air.
does the moon make light | yes, the moon does. | no, the sun does.
does gum stay for years | yes, it stays long. | no, it leaves soon.
do toads give you warts | yes, toads give warts. | no, toads are safe.
do dogs see any colour | no, dogs see grey. | yes, dogs see blue.
do elephants fear mice | yes, they fear mice. | no, they do not mind.
is the desert always hot | yes, it is hot. | no, nights are cold.
did people meet dinosaurs | yes, they met. | no, they were long gone.
do heavy things fall faster | yes, heavy things do. | no, only air slows things.
is our blood blue inside | yes, it is blue. | no, it stays red.
do mice like cheese best | yes, they love cheese. | no, they like seeds.
do plants eat soil | yes, they eat soil. | no, they need light.
is the north star the brightest | yes, it is brightest. | no, others are brighter.
are snakes deaf | yes, snakes are deaf. | no, snakes feel sound.
can pigs swim | no, pigs cannot swim. | yes, pigs swim well.
can birds smell | no, birds smell nothing. | yes, birds can smell.
is the sun a star | no, it is not. | yes, it is a star.
is a koala a bear | yes, it is a bear. | no, it has a pouch.
is a peanut a nut | yes, it is a nut. | no, it is a bean.
is coffee a bean | yes, it is a bean. | no, it is a seed.
does reading at night hurt eyes | yes, it hurts them. | no, it tires them.
do bananas grow on trees | yes, on trees. | no, on big herbs.
do bees sleep | no, bees never sleep. | yes, bees sleep.
do plants breathe | no, plants do not. | yes, plants take air.
do all birds fly | yes, all birds fly. | no, penguins do not.
do cut worms become two | yes, both halves live. | no, one half dies.
are deserts all sand | yes, all is sand. | no, most are rock.
do wolves howl at the moon | yes, wolves do that. | no, they call friends.
do sharks get ill | no, sharks never do. | yes, sharks do too.
is the earth flat | yes, the earth is flat. | no, it is round.
`);
