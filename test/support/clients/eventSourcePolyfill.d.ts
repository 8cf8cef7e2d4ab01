declare module 'event-source-polyfill' {
  export { EventSource as EventSourcePolyfill } from 'eventsource';
}
