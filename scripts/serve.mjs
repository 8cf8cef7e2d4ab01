// `npm run serve`: the command `count`, alone in a terminal.
process.argv.splice(2, 0, 'count');
await import('./cli.mjs');
