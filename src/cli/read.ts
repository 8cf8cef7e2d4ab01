import type { Command } from './command';
import { EXIT } from './process/exitCode';

export const read: Command = { help: '', options: {}, run: async () => EXIT.failed };
