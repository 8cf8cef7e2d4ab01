/** A file of HTML, as esbuild's text loader gives it. */
declare module '*.html' {
  const text: string;
  export default text;
}
