import type { RunRecipe } from '../../src/engine/recipe';
import { strings } from '../strings';

/** λ and γ; most fields of a recipe have no symbol. */
export function symbolOf(field: keyof RunRecipe): string | undefined {
  const symbols: Readonly<Partial<Record<keyof RunRecipe, string>>> = strings.recipe.symbols;
  return symbols[field];
}

/** Within a line: the symbol, else the name. */
export function shortName(field: keyof RunRecipe): string {
  return symbolOf(field) ?? strings.recipe.fields[field].toLowerCase();
}
