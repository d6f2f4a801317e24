/** duckdbCopy.ts FOLDER FILE: DuckDB reads all Parquet files of a folder and writes one. */
import { DuckDBInstance } from '@duckdb/node-api';

const [folder = '', file = ''] = process.argv.slice(2);
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();
await connection.run(
  `COPY (SELECT * FROM read_parquet(${quoted(`${folder}/*.parquet`)})) TO ${quoted(file)} (FORMAT parquet, COMPRESSION uncompressed)`,
);
