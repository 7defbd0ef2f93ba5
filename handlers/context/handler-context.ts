/** What a handler is given: the world, a client for what a person waits for, and who is who in Slack. */
import type { WebClient } from '@slack/web-api';
import type { Diagram } from '../../src/stats/charts/reliability-chart.ts';
import type { ChartInput } from '../../src/stats/charts/stats-chart.ts';
import type { AnswerTo, Question } from '../../src/stats/questions/question.ts';
import type { Directory } from '../../src/slack/directory.ts';
import type { HomeWatch } from '../../src/home/home-watch.ts';
import type { World } from '../../src/world/world.ts';

export type ShownPicture = { file_id: string; alt: string } | { failed: string };

export interface SentFile {
  filename: string;
  title: string;
  text: string;
  /** mrkdwn: escape what is not ours. */
  comment: string;
}

export interface HandlerContext {
  world: World;
  /** For modals and look-ups: quick, few retries. */
  web: WebClient;
  /** Asks Slack about user groups and people, by id. */
  directory: Pick<Directory, 'look' | 'stale' | 'told'>;
  /** Figures, computed beside everything else; and pictures of them, put where a message can show them. */
  figures: {
    ask<Q extends Question>(question: Q): Promise<AnswerTo<Q>>;
    /** null: there is nothing to draw. */
    picture(chart: ChartInput): Promise<ShownPicture | null>;
    reliability(diagrams: readonly Diagram[]): Promise<ShownPicture | null>;
  };
  /** Told of who looks at their Home. */
  homes: Pick<HomeWatch, 'opened'>;
  /** Sends a person a file in their direct messages. @returns why not, or null */
  sendFile(user: string, file: SentFile): Promise<string | null>;
  /** The policy file as it is on disk. */
  policyText(): Promise<string>;
  /** Empty until Slack has said it. */
  botUserId: string;
  /** Aborted when the process stops: what waits for Slack is kept on disk and need not wait on. */
  stopping: AbortSignal;
  /** Work that goes on after an ack. The process waits for it when it stops; what fails in it is logged. */
  afterwards(what: string, work: Promise<unknown>): void;
}
