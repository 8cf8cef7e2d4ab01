// A thread that is never done.
for (;;);
