import type { ReactNode } from 'react';
import { LessonButton } from '../lesson/LessonButton';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
import { HelpIcon } from './icons';
import { IconButton } from './IconButton';
import { Mark } from './Mark';
import { RunControls } from './RunControls';
import { RunProgress, StepText } from './RunProgress';
import { ScreenLinks } from './ScreenLinks';
import type { Screen } from './screens';
import { ShareButton } from './ShareButton';
import { StateTag } from './StateTag';
import { ThemeSwitch } from './ThemeSwitch';
import css from './Header.module.css';

export function Header({ screen }: { readonly screen: Screen }): ReactNode {
  const { header, name } = strings;
  return (
    <header className={css['header']}>
      <a className={css['brand']} href="#watch"><Mark /><span>{name}</span></a>
      <ScreenLinks screen={screen} className={css['nav'] ?? ''} />
      <div className={css['state']}>
        <StateTag screen={screen} />
        <Adapter />
        <StepText />
        <span className={css['controls']}><RunControls /></span>
      </div>
      <div className={css['tools']}>
        <ShareButton />
        <LessonButton />
        <ThemeSwitch />
        <IconButton name={header.help} onPress={() => { useStudio.setState({ helpOpen: true }); }}><HelpIcon /></IconButton>
      </div>
      <RunProgress />
    </header>
  );
}

function Adapter(): ReactNode {
  const adapter = useStudio((state) => state.adapter);
  if (adapter === undefined) return null;
  return (
    <span className={css['adapter']} title={adapter.name}>
      {adapter.name}{adapter.software ? `, ${strings.header.softwareNote}` : ''}
    </span>
  );
}
