import { bare, thingsOf, type Split } from './form';
import { CAPITALS, COLOUR_OF, OPPOSITES, SOUNDS, withArticle, YOUNG } from './lexicon';

// What the world knows, thing by thing. A fact is asked in several tables and both ways round; it is held out in all of them.

/** A thing and what is to be answered. */
export type Table = readonly (readonly [thing: string, answer: string])[];

export const BOTH_WAYS: Table = OPPOSITES.flatMap(([one, other]) => [[one, other], [other, one]] as const);
export const ARTICLED_SOUNDS: Table = SOUNDS.map(([animal, sound]) => [withArticle(animal), sound]);
/** Things whose name everybody can know. */
export const NAMED: Table = YOUNG.map(([animal, young]) => [withArticle(`young ${animal}`), withArticle(young)]);
export const IN_COUNTRIES: Table = CAPITALS.map(([country, city]) => [city, `in ${country}`]);
/** Animals of which both is known: their sound, and their young. */
export const DESCRIBED: Table = SOUNDS.flatMap(([animal, sound]) => YOUNG.filter(([known]) => known === animal)
  .map(([, young]) => [withArticle(animal), `it says ${sound} and has ${withArticle(young)}.`] as const));

/** What decides whose a fact is: an animal with its sound and young, a country with its capital, the smaller of two opposites. */
function about(table: Table, [thing, answer]: Table[number]): string {
  if (table === IN_COUNTRIES) return bare(answer);
  return table === BOTH_WAYS && answer < thing ? answer : bare(thing);
}

/** The facts that a split may draw. */
export function factsOf(table: Table, split: Split): Table {
  return thingsOf(table, split, (fact) => `of ${about(table, fact)}`);
}

/** Where a fact is asked for. */
export const ASKED: readonly Table[] = [BOTH_WAYS, CAPITALS, IN_COUNTRIES, YOUNG, NAMED, ARTICLED_SOUNDS, COLOUR_OF];
