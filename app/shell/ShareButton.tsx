import { useState, type ReactNode } from 'react';
import { currentLink } from '../store/linking';
import { strings } from '../strings';
import { IconButton } from './IconButton';
import { ShareIcon } from './icons';
import { useScreen } from './screens';
import css from './Header.module.css';

/** How long the word beside the button stands. */
const STANDS = 4000;

/** Copies a link to what is set now: recipe, prompts, what is done to the router. Nothing is sent anywhere. */
export function ShareButton(): ReactNode {
  const { header } = strings;
  const screen = useScreen();
  const [said, setSaid] = useState('');
  const share = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(currentLink(screen));
      setSaid(header.linkCopied);
    } catch {
      // The address bar takes it where the clipboard is refused.
      location.replace(currentLink(screen));
      setSaid(header.linkInBar);
    }
    setTimeout(() => { setSaid(''); }, STANDS);
  };
  return (
    <span className={css['share']}>
      <IconButton name={header.share} onPress={() => { void share(); }}><ShareIcon /></IconButton>
      <span role="status">{said}</span>
    </span>
  );
}
