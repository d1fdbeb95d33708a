import type { ReactNode } from 'react';

/** Strokes of 1.5 px on a 16 px ground. Always inside a control that has a name. */
function Icon({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      {children}
    </svg>
  );
}

export const PauseIcon = (): ReactNode => <Icon><path d="M5.5 3v10M10.5 3v10" strokeWidth="2" /></Icon>;
export const ResumeIcon = (): ReactNode => <Icon><path d="M4.5 3v10l8-5z" strokeLinejoin="round" /></Icon>;
export const StepIcon = (): ReactNode => <Icon><path d="M3.5 3v10l7-5zM12.5 3v10" strokeLinejoin="round" /></Icon>;
export const StopIcon = (): ReactNode => <Icon><path d="M4 4h8v8H4z" /></Icon>;
export const SystemThemeIcon = (): ReactNode => <Icon><circle cx="8" cy="8" r="5.5" /><path d="M8 2.5v11a5.5 5.5 0 0 0 0-11z" fill="currentColor" /></Icon>;
export const LightThemeIcon = (): ReactNode => (
  <Icon><circle cx="8" cy="8" r="3" /><path d="M8 1v2M8 13v2M1 8h2M13 8h2M3 3l1.5 1.5M11.5 11.5L13 13M3 13l1.5-1.5M11.5 4.5L13 3" /></Icon>
);
export const DarkThemeIcon = (): ReactNode => <Icon><path d="M12.8 9.8A5.5 5.5 0 0 1 6.2 3.2 5.5 5.5 0 1 0 12.8 9.8z" strokeLinejoin="round" /></Icon>;
export const ShareIcon = (): ReactNode => <Icon><path d="M8 10V2.5M5 5l3-3 3 3M4 8H3v5.5h10V8h-1" strokeLinejoin="round" /></Icon>;
export const LessonIcon = (): ReactNode => <Icon><path d="M2.5 3h11v7.5h-11zM8 10.5V13M5 13.5h6" strokeLinejoin="round" /></Icon>;
export const HelpIcon = (): ReactNode => (
  <Icon><circle cx="8" cy="8" r="6.25" /><path d="M6.1 6.3a1.9 1.9 0 1 1 2.7 1.8c-.6.3-.8.6-.8 1.2M8 11v1" /></Icon>
);
