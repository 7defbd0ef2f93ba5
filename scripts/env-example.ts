/** `.env.example`: every variable with what it is for, commented out, so that a copy changes nothing until it is edited. */
import { VARIABLES } from '../src/config/variables.ts';

export const envExample = (): string =>
  `# Copy to .env and fill in. \`node --env-file=.env node_modules/.bin/hitl start\` reads it.\n${VARIABLES.map(
    ({ name, what, otherwise }) => `\n# ${what}\n# Where it is not set: ${otherwise}\n#${name}=\n`,
  ).join('')}`;
