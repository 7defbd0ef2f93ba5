/** Who signed what has ended, a line each. Pure. */
import type { RichTextElement, RichTextList } from '@slack/types';
import type { Approval } from '../../src/domain/decision.ts';
import { bullets, ours, said, user } from '../text/rich-text.ts';

export const approvalLines = (approvals: readonly Approval[]): RichTextList =>
  bullets(
    approvals.map((one): RichTextElement[] => [
      user(one.slack_user),
      ours(` ${SIGNED[one.verdict]}`),
      ...(one.stage === 'decide' ? [] : [ours(' ('), said(one.stage, 64), ours(')')]),
    ]),
  );

const SIGNED: Record<Approval['verdict'], string> = {
  approve: 'approved',
  edit: 'edited and approved',
  reject: 'rejected',
  answer: 'answered',
  prefer: 'chose',
};
