import { render } from 'preact';
import './style/index.css';
import { startLive } from './api/live.ts';
import { showBearer } from './api/request.ts';
import { App, show } from './app/app.tsx';
import { keepFocus } from './app/focus.ts';
import { place, startRouter } from './app/router.ts';
import { readSession } from './app/session.ts';
import { startTitle } from './app/title.ts';
import { common } from './words/common.ts';
import { language } from './words/language.ts';

const root = document.getElementById('app');
if (root === null) throw new Error('the page has no #app');
document.documentElement.lang = language.peek();
// Of a display: in the fragment, which no server is sent.
if (location.pathname === '/display' && location.hash.length > 1) showBearer(location.hash.slice(1));
startRouter();
keepFocus();
// No await at the top: texts may import what is in this file, and would wait for its end.
void Promise.all([common.load(language.peek()), readSession()]).then(async () => {
  startTitle();
  startLive();
  // Until the first page is there, what index.html has stays.
  await show(place.peek().path);
  // Elements that are there already would keep their attributes.
  root.replaceChildren();
  render(<App />, root);
});
