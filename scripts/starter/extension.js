// Starts the counter as soon as the workbench is open, and tells `npm start` where. Not in our VSIX.
const { writeFile } = require('node:fs/promises');
const { commands } = require('vscode');

exports.activate = async () => {
  /** @type {string | undefined} */
  const url = await commands.executeCommand('sseCounter.start');
  const file = process.env['SSE_COUNTER_STARTED'];
  if (url && file) await writeFile(file, url);
};
