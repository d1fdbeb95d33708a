import type { ReactNode } from 'react';
import { breakOf, presetOf, PRESETS, type PresetName } from '../../src/engine/recipe';
import { Part, useHidden } from '../lesson/Part';
import controls from '../shell/controls.module.css';
import { Panel } from '../shell/Panel';
import { goTo } from '../shell/screens';
import { editRecipe } from '../store/actions';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
import { Spot } from '../tour/Spot';
import { BreakChoice } from './BreakChoice';
import { ChoiceSettings } from './ChoiceSettings';
import { FuseButton } from './FuseButton';
import { MemoryPanel } from './MemoryPanel';
import { useNoteBesideFuse } from './note';
import { NumberSetting } from './NumberSetting';
import { OWN_PANEL } from './OwnPanel';
import css from './RecipePanel.module.css';

const NAMES = Object.keys(PRESETS) as PresetName[];

export function RecipePanel(): ReactNode {
  const { recipe } = strings;
  const preset = useStudio((state) => presetOf(state.recipe));
  const broken = useStudio((state) => breakOf(state.recipe) !== undefined);
  const note = useNoteBesideFuse();
  const ownHidden = useHidden('own');
  const fuseHidden = useHidden('fuse');
  return (
    <Panel title={recipe.title} {...(preset === undefined ? { note: broken ? strings.own.breaks.note : recipe.custom } : {})}>
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
        <BreakChoice />
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
      <MemoryPanel />
      <Spot name="fuse">
        <div className={css['fuse']}>
          <FuseButton then={() => { goTo('train'); }} />
          {fuseHidden ? null : <p>{note}</p>}
        </div>
      </Spot>
      {ownHidden ? null : <p className={css['own']}>
        <button type="button" className={controls['word']} onClick={toOwnPanel}>{strings.own.links.models}</button>
        <button type="button" className={controls['word']} onClick={toOwnPanel}>{strings.own.links.align}</button>
      </p>}
    </Panel>
  );
}

function toOwnPanel(): void {
  const panel = document.getElementById(OWN_PANEL);
  panel?.scrollIntoView({ block: 'center', behavior: 'instant' });
  panel?.focus({ preventScroll: true });
}
