/** A file's text, put into the bundle as a string. */
declare module '*?raw' {
  const text: string;
  export default text;
}
