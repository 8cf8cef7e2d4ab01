// A thread that takes memory without end.
const all = [];
for (;;) all.push({ all: [all.length] });
