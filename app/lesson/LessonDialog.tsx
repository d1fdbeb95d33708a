import { useEffect, useId, useRef, type ReactNode } from 'react';
import { BREAKS, type BreakName, PRESETS, type PresetName, type RunRecipe } from '../../src/engine/recipe';
import controls from '../shell/controls.module.css';
import dialogCss from '../shell/HelpDialog.module.css';
import { Segments } from '../shell/Segments';
import { SCREENS, screenOf } from '../shell/screens';
import { INSPECT_MODES, useInspect } from '../store/inspect';
import { type Hold, HIDEABLE_PARTS, holdOf, LESSON_PARTS, LESSON_SCREENS, withHold } from '../store/lesson';
import { useLessonChoices } from '../store/lesson_draft';
import { lessonLink } from '../store/linking';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
import { CopyLink } from './CopyLink';
import css from './LessonDialog.module.css';

const NAMES = Object.keys(PRESETS) as PresetName[];
const BROKEN = Object.keys(BREAKS) as BreakName[];
const RECIPES: Readonly<Record<PresetName | BreakName, RunRecipe>> = { ...PRESETS, ...BREAKS };

function close(): void {
  useStudio.setState({ lessonOpen: false });
}

/** A teacher picks what is locked and left out, and copies the link that says so. */
export function LessonDialog(): ReactNode {
  const { around: { lesson: texts }, help, header } = strings;
  const dialog = useRef<HTMLDialogElement>(null);
  const { lesson, preset, prompt, ...chosen } = useLessonChoices();
  const modeNow = useInspect((state) => state.mode);
  const mode = chosen.mode ?? modeNow;
  const screen = screenOf(chosen.screen ?? location.hash);
  const set = useLessonChoices.setState;
  // It is closed before it goes: only so does the focus return to what opened it.
  useEffect(() => { dialog.current?.showModal(); }, []);
  const opens = LESSON_SCREENS.some((one) => one === screen && lesson.without.includes(one)) ? 'watch' : screen;
  return (
    <dialog ref={dialog} className={dialogCss['dialog']} aria-labelledby="lesson-title" onClose={close}>
      <div className={dialogCss['head']}>
        <h2 id="lesson-title">{texts.make}</h2>
        <button type="button" className={`${controls['outlined'] ?? ''} ${controls['small'] ?? ''}`} onClick={() => { dialog.current?.close(); }}>{help.close}</button>
      </div>
      <p className={dialogCss['note']}>{texts.note}</p>
      <div className={css['fields']}>
        <Choice label={texts.opens} value={opens} onChange={(value) => { set({ screen: value }); }}>
          {SCREENS.filter((id) => !lesson.without.some((out) => out === id)).map((id) => <option key={id} value={id}>{header.screens[id]}</option>)}
        </Choice>
        <Choice label={texts.preset} value={preset ?? ''} onChange={(value) => { set({ preset: [...NAMES, ...BROKEN].find((name) => name === value) }); }}>
          <option value="">{texts.asNow}</option>
          {NAMES.map((name) => <option key={name} value={name}>{strings.recipe.presets[name].name}</option>)}
          <optgroup label={texts.broken}>{BROKEN.map((name) => <option key={name} value={name}>{strings.own.breaks.names[name]}</option>)}</optgroup>
        </Choice>
        <Choice label={texts.mode} value={mode} onChange={(value) => { set({ mode: INSPECT_MODES.find((name) => name === value) }); }}>
          {INSPECT_MODES.map((name) => <option key={name} value={name}>{strings.modes[name]}</option>)}
        </Choice>
        <label className={css['wide']}>
          <span>{texts.prompt}</span>
          <input value={prompt} placeholder={texts.asNow} maxLength={2000} spellCheck={false} onChange={({ target }) => { set({ prompt: target.value }); }} />
        </label>
      </div>
      <div className={css['parts']}>
        {LESSON_PARTS.map((part) => (
          <Segments<Hold>
            key={part}
            label={texts.parts[part]}
            value={holdOf(lesson, part)}
            options={(['free', 'locked', 'hidden'] as const).map((value) => ({ value, name: texts.holds[value], disabled: value === 'hidden' && !HIDEABLE_PARTS.includes(part) }))}
            onChange={(hold) => { set({ lesson: withHold(lesson, part, hold) }); }}
          />
        ))}
      </div>
      <fieldset className={css['checks']}>
        <legend>{texts.without}</legend>
        {LESSON_SCREENS.map((id) => (
          <Check
            key={id} label={header.screens[id]} checked={lesson.without.includes(id)}
            onChange={(out) => { set({ lesson: { ...lesson, without: out ? [...lesson.without, id] : lesson.without.filter((other) => other !== id) } }); }}
          />
        ))}
      </fieldset>
      <div className={css['checks']}><Check label={texts.large} checked={lesson.large} onChange={(large) => { set({ lesson: { ...lesson, large } }); }} /></div>
      <CopyLink link={lessonLink({ screen: opens, recipe: preset === undefined ? undefined : RECIPES[preset], mode, prompt, lesson })} />
    </dialog>
  );
}

function Choice({ label, value, onChange, children }: { readonly label: string; readonly value: string; readonly onChange: (value: string) => void; readonly children: ReactNode }): ReactNode {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={({ target }) => { onChange(target.value); }}>{children}</select>
    </div>
  );
}

function Check({ label, checked, onChange }: { readonly label: string; readonly checked: boolean; readonly onChange: (checked: boolean) => void }): ReactNode {
  return <label className={css['check']}><input type="checkbox" checked={checked} onChange={({ target }) => { onChange(target.checked); }} />{label}</label>;
}
