import type { ReactNode } from 'react';
import { useStudio } from '../store/studio';
import { showTheme, THEMES, type Theme } from '../store/theme';
import { strings } from '../strings';
import { IconButton } from './IconButton';
import { DarkThemeIcon, LightThemeIcon, SystemThemeIcon } from './icons';

const ICONS: Readonly<Record<Theme, ReactNode>> = { system: <SystemThemeIcon />, light: <LightThemeIcon />, dark: <DarkThemeIcon /> };

/** Goes round: as the system, light, dark. */
export function ThemeSwitch(): ReactNode {
  const theme = useStudio((state) => state.theme);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  return (
    <IconButton
      name={strings.header.theme[theme]}
      onPress={() => {
        showTheme(next);
        useStudio.setState({ theme: next });
      }}
    >
      {ICONS[theme]}
    </IconButton>
  );
}
