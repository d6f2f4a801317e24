/** The parts of the Kaitai Struct compiler that the generator uses; the package brings no types. */
declare module 'kaitai-struct-compiler' {
  interface Compiler {
    readonly version: string;
    /** File names and texts of the code for a specification (already read from YAML) and for all that it imports. */
    compile(
      language: string,
      specification: unknown,
      importer: { importYaml(name: string, mode: 'rel' | 'abs'): Promise<unknown> },
      debug: boolean,
    ): Promise<Record<string, string>>;
  }
  const compiler: Compiler;
  export = compiler;
}
