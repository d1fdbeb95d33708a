/** WGSL sources are imported as text: one file per kernel. */
declare module '*.wgsl?raw' {
  const source: string;
  export default source;
}
