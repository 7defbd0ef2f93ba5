// The gallery page: fetches what there is to show, and shows it.
// `?only=text` shows the entries whose group or id holds the text, `?only=` all of them.
import { render } from 'preact';
import '../styles/blocks.css';
import './gallery.css';
import { Gallery } from './gallery.tsx';
import { readEntries } from './read-entries.ts';

async function start(): Promise<void> {
  const root = document.getElementById('gallery');
  if (root === null) throw new Error('the page has no place for the gallery');
  const answer = await fetch('/gallery.json');
  if (!answer.ok) throw new Error(`/gallery.json answered ${answer.status}`);
  const { entries, now } = readEntries(await answer.json());
  render(<Gallery entries={entries} now={now} />, root);
  // The anchor was not there yet when the browser looked for it.
  if (location.hash !== '') document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

start().catch((error: unknown) => {
  document.body.textContent = `The gallery could not be loaded: ${String(error)}`;
});
