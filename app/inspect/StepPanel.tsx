import type { ReactNode } from 'react';
import { EXPERTS, type ExpertId } from '../../src/engine/protocol';
import { fixed } from '../format';
import controls from '../shell/controls.module.css';
import { Panel } from '../shell/Panel';
import { Segments } from '../shell/Segments';
import { redo, stepIn, stepOut, undo } from '../store/stepping';
import { BIAS, isNeutral, TEMPERATURE, toggleForced, toggleMuted } from '../store/steps';
import { isFused, useStudio } from '../store/studio';
import { strings } from '../strings';
import css from './StepPanel.module.css';

const AS_TRAINED = 0;

/** Mute, force, bias, temperature and top-k: what a visitor does to the router, while it answers. */
export function StepPanel({ layers }: { readonly layers: number }): ReactNode {
  const texts = strings.step;
  const { past, now, future } = useStudio((state) => state.steps);
  const fused = useStudio(isFused);
  const trained = useStudio(({ levers }) => levers?.topK);
  return (
    <Panel
      title={texts.title}
      note={fused ? texts.note : texts.notFused}
      actions={(
        <>
          <button type="button" className={controls['word']} disabled={past.length === 0} onClick={undo}>{texts.undo}</button>
          <button type="button" className={controls['word']} disabled={future.length === 0} onClick={redo}>{texts.redo}</button>
          <button type="button" className={controls['word']} disabled={isNeutral(now)} onClick={stepOut}>{texts.reset}</button>
        </>
      )}
    >
      <fieldset className={css['steps']} disabled={!fused}>
        <legend className="visually-hidden">{texts.title}</legend>
        <p className={css['head']} aria-hidden="true">{texts.bias}</p>
        {EXPERTS.map((expert) => <ExpertRow key={expert} expert={expert} />)}
        <div className={css['row']}>
          <span>{texts.temperature}</span>
          <Track
            label={texts.temperature}
            {...TEMPERATURE}
            value={now.temperature}
            onChange={(temperature) => { stepIn({ ...now, temperature }); }}
          />
          <output>{fixed(now.temperature, 1)}</output>
        </div>
        <Segments
          label={texts.topK}
          value={now.topK ?? AS_TRAINED}
          options={[
            { value: AS_TRAINED, name: trained === undefined ? texts.asTrained : texts.asTrainedWith(String(trained)) },
            ...EXPERTS.map((_, i) => ({ value: i + 1, name: String(i + 1) })),
          ]}
          onChange={(topK) => { stepIn({ ...now, topK: topK === AS_TRAINED ? undefined : topK }); }}
        />
        <Segments
          label={texts.layers}
          value={now.layer ?? AS_TRAINED}
          options={[{ value: AS_TRAINED, name: texts.allLayers }, ...Array.from({ length: layers }, (_, i) => ({ value: i + 1, name: String(i + 1) }))]}
          onChange={(layer) => { stepIn({ ...now, layer: layer === AS_TRAINED ? undefined : layer }); }}
        />
      </fieldset>
    </Panel>
  );
}

function ExpertRow({ expert }: { readonly expert: ExpertId }): ReactNode {
  const texts = strings.step;
  const { now } = useStudio((state) => state.steps);
  const name = strings.models[expert];
  const muted = now.muted.includes(expert);
  const forced = now.forced === expert;
  // What is written on it is part of its name, and the name of a switch stays: only its ink says that it is on.
  const toggle = (pressed: boolean, label: string, spoken: string, onPress: () => void): ReactNode => (
    <button type="button" className={css['toggle']} aria-pressed={pressed} aria-label={spoken} onClick={onPress}>{label}</button>
  );
  return (
    <div className={css['row']} data-expert={expert}>
      <strong>{name}</strong>
      {toggle(muted, texts.mute, texts.muteOne(name), () => { stepIn(toggleMuted(now, expert)); })}
      {toggle(forced, texts.force, texts.forceOne(name), () => { stepIn(toggleForced(now, expert)); })}
      <Track
        label={texts.biasOf(name)}
        {...BIAS}
        value={now.bias[expert]}
        onChange={(value) => { stepIn({ ...now, bias: { ...now.bias, [expert]: value } }); }}
      />
      <output>{fixed(now.bias[expert], 1)}</output>
    </div>
  );
}

interface TrackProps {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function Track({ label, min, max, step, value, onChange }: TrackProps): ReactNode {
  return (
    <input
      type="range" className={css['track']} aria-label={label} min={min} max={max} step={step} value={value}
      onChange={({ target }) => { onChange(target.valueAsNumber); }}
    />
  );
}
