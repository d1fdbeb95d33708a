import type { ReactNode } from 'react';
import { presetOf, PRESETS, type PresetName } from '../../src/engine/recipe';
import { Panel } from '../shell/Panel';
import { editRecipe } from '../store/actions';
import { isTraining, type StudioState, useStudio } from '../store/studio';
import { strings } from '../strings';
import { ChoiceSettings } from './ChoiceSettings';
import { FuseButton } from './FuseButton';
import { NumberSetting } from './NumberSetting';
import css from './RecipePanel.module.css';

const NAMES = Object.keys(PRESETS) as PresetName[];

export function RecipePanel(): ReactNode {
  const { recipe } = strings;
  const preset = useStudio((state) => presetOf(state.recipe));
  const note = useStudio(noteBesideFuse);
  return (
    <Panel title={recipe.title} {...(preset === undefined ? { note: recipe.custom } : {})}>
      <fieldset className={css['presets']}>
        <legend className="visually-hidden">{recipe.title}</legend>
        {NAMES.map((name) => (
          <label key={name}>
            <input
              type="radio"
              name="preset"
              checked={preset === name}
              onChange={() => { editRecipe({ ...PRESETS[name], seed: useStudio.getState().recipe.seed }); }}
            />
            <span><strong>{recipe.presets[name].name}</strong><small>{recipe.presets[name].note}</small></span>
          </label>
        ))}
      </fieldset>
      <div className={css['numbers']}>
        <NumberSetting field="gateWeight" symbol={recipe.symbols.gateWeight} />
        <NumberSetting field="steps" />
        <NumberSetting field="drift" symbol={recipe.symbols.drift} />
        <NumberSetting field="learningRate" />
      </div>
      <ChoiceSettings />
      <div className={css['fuse']}>
        <FuseButton />
        <p>{note}</p>
      </div>
    </Panel>
  );
}

function noteBesideFuse(state: StudioState): string {
  const { recipe } = strings;
  if (state.engine === 'failed') return recipe.cannot;
  if (isTraining(state)) return recipe.running;
  if (state.invalid.size > 0) return recipe.fix;
  if (state.engine !== 'ready') return recipe.notReady;
  return state.adapter?.software === true ? recipe.aboutSoftware : recipe.about;
}
