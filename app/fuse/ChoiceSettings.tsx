import type { ReactNode } from 'react';
import type { RunRecipe } from '../../src/engine/recipe';
import { Segments } from '../shell/Segments';
import { editRecipe } from '../store/actions';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
import { NumberSetting } from './NumberSetting';
import { TopKChoice } from './TopKChoice';
import css from './RecipePanel.module.css';

/** Of adapters, which only LoRA has. */
const ADAPTER = ['rank', 'alpha', 'dropout'] as const;

type Choice = 'routerInit' | 'gateLoss' | 'train' | 'routing' | 'fault';

/** What is one of a few, and the numbers that are seldom touched. */
export function ChoiceSettings(): ReactNode {
  const { recipe } = strings;
  const topK = useStudio((state) => state.recipe.topK);
  const train = useStudio((state) => state.recipe.train);
  const attention = useStudio((state) => state.recipe.attention);
  return (
    <>
      <div className={css['choices']}>
        <TopKChoice label={recipe.fields.topK} value={topK} onChange={(value) => { editRecipe({ topK: value }); }} />
        <ChoiceSetting field="train" names={recipe.train} />
        {train === 'lora' ? <div className={css['numbers']}>{ADAPTER.map((field) => <NumberSetting key={field} field={field} />)}</div> : null}
        <ChoiceSetting field="routerInit" names={recipe.routerInit} />
        <ChoiceSetting field="gateLoss" names={recipe.gateLoss} />
      </div>
      <details className={css['more']}>
        <summary>{recipe.more}</summary>
        <div className={css['choices']}>
          <ChoiceSetting field="routing" names={recipe.routing} />
          <ChoiceSetting field="fault" names={strings.own.breaks.fault} />
          <Segments
            label={recipe.fields.attention}
            value={attention ? 'trains' : 'frozen'}
            options={(['frozen', 'trains'] as const).map((value) => ({ value, name: recipe.attention[value] }))}
            onChange={(value) => { editRecipe({ attention: value === 'trains' }); }}
          />
        </div>
        <div className={css['numbers']}>
          <NumberSetting field="batch" />
          <NumberSetting field="warmupSteps" />
          <NumberSetting field="seed" />
        </div>
      </details>
    </>
  );
}

function ChoiceSetting<Field extends Choice>({ field, names }: {
  readonly field: Field;
  /** In the order shown. */
  readonly names: Readonly<Record<RunRecipe[Field], string>>;
}): ReactNode {
  const value: RunRecipe[Field] = useStudio(({ recipe }) => recipe[field]);
  const options = Object.keys(names) as RunRecipe[Field][];
  return (
    <Segments
      label={strings.recipe.fields[field]}
      value={value}
      options={options.map((option) => ({ value: option, name: names[option] }))}
      onChange={(option) => { editRecipe({ [field]: option }); }}
    />
  );
}
