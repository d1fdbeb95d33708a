import { errorOf, show } from './connection';
import { type Linked, linkOf, readLink } from './link';
import { useStudio } from './studio';

function linked(): Linked {
  const { recipe, prompt, watched, answerSettings, baseline, steps } = useStudio.getState();
  return { recipe, prompt, watched, answerSettings, baseline, steps: steps.now };
}

/** A link to a screen with all that is set now. */
export function currentLink(screen: string): string {
  const page = location.href.split('#')[0] ?? '';
  return `${page}#${screen}?${linkOf(linked(), useStudio.getInitialState())}`;
}

/**
 * Takes over what the address says: a link leaves out what is as at the start, so that it is read over that. An address without a
 * link, as when a screen is changed, changes nothing; of a link that does not fit nothing is taken, and it is said why.
 */
export function openLink(hash: string): void {
  if (!hash.includes('?')) return;
  const { recipe, answerSettings, baseline, steps: { now } } = useStudio.getInitialState();
  try {
    const { steps, ...others } = readLink(hash.slice(hash.indexOf('?') + 1), { ...linked(), recipe, answerSettings, baseline, steps: now });
    useStudio.setState({ ...others, steps: { past: [], now: steps, future: [] } });
  } catch (failure) {
    show('link', errorOf(failure));
  }
}
