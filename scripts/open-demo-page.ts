/** The demo's page in Chromium, with two cards waiting: for scripts that look at it. */
import { chromium, type Browser } from 'playwright-core';
import { voucher } from '../simulator/demo/sample-items.ts';
import { startDemo, type Demo } from '../simulator/demo/start-demo.ts';

export interface DemoPage {
  demo: Demo;
  browser: Browser;
}

/** Hands both to the work, and ends them whatever becomes of it. The page must have been built: `npm run build`. */
export async function withDemoPage(work: (open: DemoPage) => Promise<void>): Promise<void> {
  const demo = await startDemo();
  try {
    const browser = await chromium.launch({
      executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox'],
    });
    try {
      await demo.producer.put(voucher);
      await demo.producer.putNext();
      await work({ demo, browser });
    } finally {
      await browser.close();
    }
  } finally {
    await demo.stop();
  }
}
