/** Every migration by its name, in order. A static map: what runs is what was compiled. */
import type { Migration } from 'kysely';
import * as start from './0001-start.ts';
import * as onCall from './0002-on-call.ts';
import * as ladder from './0003-ladder.ts';
import * as opinions from './0004-opinions.ts';
import * as freezes from './0005-freezes.ts';
import * as stats from './0006-stats.ts';
import * as record from './0007-record.ts';
import * as reported from './0008-reported.ts';
import * as openLimit from './0009-open-limit.ts';
import * as recordIndex from './0010-record-index.ts';
import * as figures from './0011-figures.ts';
import * as pageStories from './0012-page-stories.ts';
import * as secrets from './0013-secrets.ts';
import * as owners from './0014-owners.ts';
import * as turns from './0015-turns.ts';
import * as backlogTurns from './0016-backlog-turns.ts';

export const migrations: Record<string, Migration> = {
  '0001-start': start,
  '0002-on-call': onCall,
  '0003-ladder': ladder,
  '0004-opinions': opinions,
  '0005-freezes': freezes,
  '0006-stats': stats,
  '0007-record': record,
  '0008-reported': reported,
  '0009-open-limit': openLimit,
  '0010-record-index': recordIndex,
  '0011-figures': figures,
  '0012-page-stories': pageStories,
  '0013-secrets': secrets,
  '0014-owners': owners,
  '0015-turns': turns,
  '0016-backlog-turns': backlogTurns,
};
