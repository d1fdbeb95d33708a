import type { ReactNode } from 'react';
import { Part } from '../lesson/Part';
import { pause, resume, singleStep, stopRun } from '../store/actions';
import { isTraining, useStudio } from '../store/studio';
import { strings } from '../strings';
import { IconButton } from './IconButton';
import { PauseIcon, ResumeIcon, StepIcon, StopIcon } from './icons';

/** Pause or resume, one step, stop: there while a run is. */
export function RunControls({ large = false }: { readonly large?: boolean }): ReactNode {
  const phase = useStudio(({ run }) => run.phase);
  const training = useStudio(isTraining);
  const { header } = strings;
  if (!training) return null;
  const paused = phase === 'paused';
  const preparing = phase === 'preparing';
  return (
    <Part name="run">
      {paused ? (
        <IconButton name={header.resume} onPress={resume} large={large}><ResumeIcon /></IconButton>
      ) : (
        <IconButton name={header.pause} onPress={pause} disabled={preparing} large={large}><PauseIcon /></IconButton>
      )}
      <IconButton name={header.single} onPress={singleStep} disabled={preparing} large={large}><StepIcon /></IconButton>
      <IconButton name={header.stop} onPress={stopRun} large={large}><StopIcon /></IconButton>
    </Part>
  );
}
