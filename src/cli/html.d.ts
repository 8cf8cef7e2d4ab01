/** An HTML file, as esbuild's text loader imports it. */
declare module '*.html' {
  const text: string;
  export default text;
}
