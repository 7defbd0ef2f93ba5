/** Puts a picture where a message of ours can show it: uploaded for nobody to see, and waited for until Slack has looked at it. */
import type { WebClient } from '@slack/web-api';
import type { Clock } from '../domain/clock.ts';
import type { Picture } from '../stats/questions/question.ts';
import { uploadFile } from './upload-file.ts';

const LOOK_AGAIN_MS = 300;
const MOST_LOOKS = 30;

/** The file's id, to stand in a `slack_file`; null where it could not be had. Throws nothing of Slack's. */
export async function showPicture(
  web: WebClient,
  clock: Clock,
  picture: Picture,
  stopping: AbortSignal,
): Promise<{ file_id: string; alt: string } | { failed: string }> {
  const uploaded = await uploadFile(
    web,
    {
      filename: 'figures.png',
      title: 'Figures',
      content: picture.png,
      alt_text: picture.alt.slice(0, 1000),
    },
    null,
  );
  if (!uploaded.uploaded) return { failed: `the upload: ${uploaded.trouble}` };
  const { file_id } = uploaded;
  // A message that shows a file which Slack is still working on is refused.
  for (let look = 0; look < MOST_LOOKS && !stopping.aborted; look += 1) {
    try {
      const { file } = await web.files.info({ file: file_id });
      if (file?.mimetype) return { file_id, alt: picture.alt };
    } catch (error) {
      return { failed: error instanceof Error ? error.message : String(error) };
    }
    await pause(clock, stopping);
  }
  return { failed: 'Slack did not get to it in time' };
}

/** A while, or until the process stops. */
function pause(clock: Clock, stopping: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const callOff = clock.at(clock.now() + LOOK_AGAIN_MS, done);
    stopping.addEventListener('abort', done, { once: true });
    function done(): void {
      callOff();
      stopping.removeEventListener('abort', done);
      resolve();
    }
  });
}
