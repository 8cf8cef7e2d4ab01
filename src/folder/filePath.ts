/** Returns the path of a file's stream: `api/orders.sse` is on `/api/orders`. Its characters are encoded as a browser does. */
export function filePath(name: string): string {
  const path = name.replace(/\.\w+$/, '').replace(/\p{Surrogate}/gu, '\ufffd');
  return `/${path.replace(/[^\w!$&'()*+,;=:@.~/[\]|-]/gu, encodeURIComponent)}`;
}
