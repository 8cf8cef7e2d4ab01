import type { FromInspectorPage, InspectorPageState } from '../../messages/inspector';

declare function acquireVsCodeApi(): InspectorApi;

/** API of VS Code for the inspector's page. */
export interface InspectorApi {
  postMessage(message: FromInspectorPage): void;
  /** Keeps the state while the window is reloaded. */
  setState(state: InspectorPageState): void;
  getState(): InspectorPageState | undefined;
}

/** Acquires the API. To be called once: VS Code provides it only the first time. */
export function inspectorApi(): InspectorApi {
  return acquireVsCodeApi();
}
