import type { ReactNode } from 'react';
import { breakOf, BREAKS, type BreakName } from '../../src/engine/recipe';
import controls from '../shell/controls.module.css';
import { editRecipe } from '../store/actions';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
import css from './RecipePanel.module.css';

const NAMES = Object.keys(BREAKS) as BreakName[];

/** Recipes that go wrong, with what to look at and how to mend it. */
export function BreakChoice(): ReactNode {
  const { breaks } = strings.own;
  const broken = useStudio(({ recipe }) => breakOf(recipe));
  return (
    <div className={css['break']} role="group" aria-label={breaks.label}>
      <p>
        <span>{breaks.label}</span>
        {NAMES.map((name) => (
          <button
            key={name}
            type="button"
            className={controls['word']}
            aria-pressed={broken === name}
            onClick={() => { editRecipe({ ...BREAKS[name], seed: useStudio.getState().recipe.seed }); }}
          >
            {breaks.names[name]}
          </button>
        ))}
      </p>
      <div role="status">
        {broken === undefined ? null : (
          <dl>
            <dt className="visually-hidden">{breaks.names[broken]}</dt>
            <dd>{breaks.help[broken].what}</dd>
            <dt>{breaks.lookAt}</dt>
            <dd>{breaks.help[broken].look}</dd>
            <dt>{breaks.mend}</dt>
            <dd>{breaks.help[broken].mend}</dd>
          </dl>
        )}
      </div>
    </div>
  );
}
