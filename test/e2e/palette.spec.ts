// The Command Palette finds our commands by the words that people look for.
import { titlesFor } from '../support/package/paletteTitles';
import { expect, SMOKE, test } from './support/fixtures';
import { Workbench } from './support/workbench';

const WORDS = ['sse', 'event', 'stream', 'mock', 'replay', 'record', 'curl', 'server-sent', 'diagnose'];

test('each word finds the commands that it is about', SMOKE, async ({ workbench }) => {
  for (const word of WORDS) {
    const titles = titlesFor(word, 'en');
    expect((await workbench.found(word, titles)).sort(), word).toEqual(titles);
  }
});

test('each word finds them for a Japanese reader, too', async ({ browser, codeServer }, testInfo) => {
  const workbench = new Workbench(await browser.newPage());
  await workbench.openIn('ja', codeServer.url);
  for (const word of [...WORDS, 'モック', '記録']) {
    const titles = titlesFor(word, 'ja');
    expect((await workbench.found(word, titles)).sort(), word).toEqual(titles);
  }
  await workbench.page.screenshot({ path: testInfo.outputPath('japanese.png') });
  await workbench.page.close();
});
