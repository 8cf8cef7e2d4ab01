/** Whether the keys, pressed in a field, connect: Ctrl+Enter, or Cmd+Enter. Buttons and checkboxes use Enter otherwise. */
export function isConnectKey({ key, ctrlKey, metaKey, isComposing, repeat, target }: KeyboardEvent): boolean {
  const isField = target instanceof Element && target.matches('input, textarea');
  return isField && key === 'Enter' && (ctrlKey || metaKey) && !isComposing && !repeat;
}
