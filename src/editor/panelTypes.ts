// What VS Code knows our panels and files by.

export const COUNTER_PANEL = 'sseCounter';
export const INSPECTOR_PANEL = 'sseCounter.inspector';
export const REPLAY_PANEL = 'sseCounter.replay';

/** The language of files of event streams. */
export const LANGUAGE = 'sse';
