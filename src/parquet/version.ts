/** `created_by` of every file; the form that parquet.thrift asks for. A test holds the version against package.json. */
export const CREATED_BY = 'walrescue version 0.1.0';
