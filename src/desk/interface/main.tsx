import { render } from 'preact';
import { App } from './app.tsx';

// The desk's page is empty apart from this element, so that there is one place where the interface is drawn.
const place = document.getElementById('desk');
if (!place) throw new Error('The page of the desk has no element with the id "desk".');
render(<App />, place);
