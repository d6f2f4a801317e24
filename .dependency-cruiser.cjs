/**
 * The directions in which modules may import (DESIGN.md):
 * cli, inspect, corrupt -> library steps (src/*.ts, columns, parquet) -> kaitai, generated -> source.
 */

/** The only files of src/ that may know Node. */
const NODE_FILES = '^src/(source/node|cli/|worker|[^/]*Worker\\.ts$)';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'nothing-imports-cli',
      severity: 'error',
      from: { path: '^(src|generated)/', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'library-below-inspect-and-corrupt',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli|inspect|corrupt)/' },
      to: { path: '^src/(inspect|corrupt)/' },
    },
    {
      name: 'columns-and-parquet-apart',
      comment: 'Decoders and encoders meet only in the column chunk.',
      severity: 'error',
      from: { path: '^src/columns/' },
      to: { path: '^src/parquet/' },
    },
    {
      name: 'parquet-and-columns-apart',
      severity: 'error',
      from: { path: '^src/parquet/' },
      to: { path: '^src/columns/' },
    },
    {
      name: 'kaitai-below-library',
      severity: 'error',
      from: { path: '^(src/kaitai|generated)/' },
      to: { path: '^src/', pathNot: '^src/(kaitai|source)/' },
    },
    {
      name: 'kernels-at-the-bottom',
      severity: 'error',
      from: { path: '^src/kernels/' },
      to: { path: '^src/', pathNot: '^src/kernels/' },
    },
    {
      name: 'source-at-the-bottom',
      severity: 'error',
      from: { path: '^src/source/', pathNot: '^src/source/nodeOutput(Folder)?\\.ts$' },
      to: { path: '^(src|generated)/', pathNot: '^src/source/' },
    },
    {
      name: 'node-output-knows-its-contract-only',
      comment: 'The Node side of output.ts stands with that of source.ts, where Node is allowed.',
      severity: 'error',
      from: { path: '^src/source/nodeOutput(Folder)?\\.ts$' },
      to: { path: '^(src|generated)/', pathNot: '^src/(source/|(output|requestError)\\.ts$)' },
    },
    {
      name: 'node-only-at-the-edge',
      severity: 'error',
      from: { path: '^(src|generated)/', pathNot: NODE_FILES },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'inspect-runs-in-a-browser',
      comment: 'Not even by way of other modules does the inspector need Node.',
      severity: 'error',
      from: { path: '^src/inspect/' },
      to: { path: NODE_FILES, reachable: true },
    },
    {
      name: 'runtime-needs-dependencies-only',
      severity: 'error',
      from: { path: '^(src|generated)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'runtime-apart-from-tools',
      severity: 'error',
      from: { path: '^(src|generated)/' },
      to: { path: '^(test|bench|generator)/' },
    },
  ],
  options: {
    exclude: { path: '^bench/(data|\\.build)/' },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
