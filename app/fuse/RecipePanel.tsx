import type { ReactNode } from 'react';
import { presetOf, PRESETS, type PresetName } from '../../src/engine/recipe';
import { Part } from '../lesson/Part';
import { Panel } from '../shell/Panel';
import { goTo } from '../shell/screens';
import { editRecipe } from '../store/actions';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
import { Spot } from '../tour/Spot';
import { ChoiceSettings } from './ChoiceSettings';
import { FuseButton } from './FuseButton';
import { noteBesideFuse } from './note';
import { NumberSetting } from './NumberSetting';
import css from './RecipePanel.module.css';

const NAMES = Object.keys(PRESETS) as PresetName[];

export function RecipePanel(): ReactNode {
  const { recipe } = strings;
  const preset = useStudio((state) => presetOf(state.recipe));
  const note = useStudio(noteBesideFuse);
  return (
    <Panel title={recipe.title} {...(preset === undefined ? { note: recipe.custom } : {})}>
      <Part name="presets">
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
      </Part>
      <Part name="recipe">
        <div className={css['numbers']}>
          <NumberSetting field="gateWeight" symbol={recipe.symbols.gateWeight} />
          <NumberSetting field="steps" />
          <NumberSetting field="drift" symbol={recipe.symbols.drift} />
          <NumberSetting field="learningRate" />
        </div>
        <ChoiceSettings />
      </Part>
      <Spot name="fuse">
        <div className={css['fuse']}>
          <FuseButton then={() => { goTo('train'); }} />
          <p>{note}</p>
        </div>
      </Spot>
    </Panel>
  );
}
