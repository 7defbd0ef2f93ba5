#!/usr/bin/env node
/** The `hitl` command. Reads the arguments and the environment; each command is a file in src/cli. */
import { Command } from 'commander';
import { startCommand } from './cli/start.ts';

const program = new Command('hitl').description(
  'Pager duty for data: AI systems page human experts in Slack.',
);
startCommand(program);
await program.parseAsync();
