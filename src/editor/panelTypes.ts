// What VS Code knows the panels by.

export const COUNTER_PANEL = 'sseCounter';
export const INSPECTOR_PANEL = 'sseCounter.inspector';
