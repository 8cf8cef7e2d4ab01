import type { Command } from './command';
import { EXIT } from './process/exitCode';

export const record: Command = { help: '', options: {}, run: async () => EXIT.failed };
