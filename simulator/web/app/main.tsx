// Starts the page.
import { render } from 'preact';
import '../styles/blocks.css';
import '../styles/app.css';
import '../styles/top-bar.css';
import '../styles/channel.css';
import '../styles/panels.css';
import '../styles/tour.css';
import '../styles/modal.css';
import { App } from './app.tsx';

const root = document.getElementById('app');
if (root) render(<App />, root);
