import type { StreamSink } from '../../../src/server/source';

/** Returns a sink that is full after each write, until it is drained, with what has become of it. */
export function fullSink() {
  const state = { written: 0, isFull: false, isCutOff: false, drain: () => {} };
  const sink = {
    get isFull() {
      return state.isFull;
    },
    write: ({ length }: Uint8Array) => {
      state.written += length;
      state.isFull = true;
    },
    onceDrained: (onDrain: () => void) => {
      state.drain = () => {
        state.isFull = false;
        onDrain();
      };
    },
    cutOff: () => {
      state.isCutOff = true;
    },
  };
  return { state, sink: sink as unknown as StreamSink };
}
