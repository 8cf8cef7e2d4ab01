import type { FromInspectorPage, InspectorPageState } from '../../messages/inspector';

declare function acquireVsCodeApi(): InspectorApi;

/** VS Code, as the inspector's page has it. */
export interface InspectorApi {
  postMessage(message: FromInspectorPage): void;
  /** Keeps it while the window is reloaded. */
  setState(state: InspectorPageState): void;
  getState(): InspectorPageState | undefined;
}

/** To be called once: VS Code gives it to no one else then. */
export function inspectorApi(): InspectorApi {
  return acquireVsCodeApi();
}
