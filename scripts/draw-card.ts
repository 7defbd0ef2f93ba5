/** Draws docs/card.svg, the README's picture, anew: `npx tsx scripts/draw-card.ts`. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sampleCard } from './sample-card.ts';

writeFileSync(fileURLToPath(new URL('../docs/card.svg', import.meta.url)), sampleCard());
