import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import '@fontsource-variable/source-serif-4/wght.css';
import './theme.css';
import './base.css';
import { App } from './App';
import { keepOffline } from './offline/offline';
import { connect, openRecording } from './store/actions';
import { errorOf, show } from './store/connection';
import { startEngine } from './store/engine';
import { keepAddress, openChanged, openFirst } from './store/linking';
import { isAligning, useOwn } from './store/own';
import { openShelf } from './store/runs';
import { isTraining, useStudio } from './store/studio';
import { isFirstVisit } from './store/tour';
import { showTheme } from './store/theme';

showTheme(useStudio.getState().theme);

// Known here already; whether an adapter exists only the engine can tell.
if (!isSecureContext) useStudio.setState({ absence: 'insecure' });
else if (!('gpu' in navigator)) useStudio.setState({ absence: 'no-webgpu' });

// What nobody caught is said too, with its diagnostics. Events without a failure (a layout that took two rounds) are none.
addEventListener('error', ({ error }) => { if (error !== null && error !== undefined) show('page', errorOf(error)); });
addEventListener('unhandledrejection', ({ reason }) => { show('page', errorOf(reason)); });

openFirst(location.hash);
useStudio.setState({ tourOffered: isFirstVisit() });
// A link may be pasted over the page that it is of.
addEventListener('hashchange', () => { openChanged(location.hash); });
keepAddress();

// What is under way is lost with the tab: the browser asks first.
addEventListener('beforeunload', (event) => { if (isTraining(useStudio.getState()) || isAligning(useOwn.getState())) event.preventDefault(); });

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<StrictMode><App /></StrictMode>);

const models = new URL('models/', document.baseURI).href;
void openRecording(models);
void openShelf();
// The first visit loads the models before they are fetched again to be kept.
void connect(startEngine(), models).then(keepOffline);
