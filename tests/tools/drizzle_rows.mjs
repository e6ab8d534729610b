// Writes a row into every table of a Drizzle schema and reads it back: every value must be the same.
// It also asks for a row through the relations, so that these are known to be complete.
//
//   node drizzle_rows.mjs DIALECT FOLDER URL     (FOLDER holds schema.ts and relations.ts)
//
// The samples below are by SQL type; a column whose type has none stays NULL and is reported.
import assert from 'node:assert/strict';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';

const [dialect, folder, url] = process.argv.slice(2);
const require = createRequire(path.resolve(folder, 'schema.ts'));
const { build } = require('esbuild');
const { getTableColumns, getTableName, is, SQL, sql, Table } = require('drizzle-orm');

const bundle = path.join(folder, 'rows.bundle.cjs');
await build({
  stdin: {
    contents: "export * as schema from './schema'; export * as relations from './relations';",
    resolveDir: folder,
    loader: 'ts',
  },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  packages: 'external',
  outfile: bundle,
});
const { schema, relations } = require(pathToFileURL(bundle).pathname);

const moment = new Date('2024-02-29T23:59:58.123Z');
const second = new Date('2024-02-29T23:59:58.000Z');
const bytes = Buffer.from([0, 1, 0x27, 0x5c, 0x80, 0xff]);
const document = { a: [1, 'two', null, { b: true }], 'it\'s': '"\\' };

// The first pattern that the SQL type matches, lower case.
const samples = {
  postgres: [
    [/^smallint\[\]$/, [1, -2]], [/^integer\[\]$/, [1, -2]], [/^bigint\[\]$/, [9007199254740993n]],
    [/^numeric.*\[\]$/, ['1.50', '-2.25']], [/^double precision\[\]$/, [1.5, -0.25]],
    [/^text\[\]$/, ['a', 'b"c', 'd,e', "f'g", 'h\\i', '']], [/^varchar.*\[\]$/, ['a', 'b c']],
    [/^uuid\[\]$/, ['6f9619ff-8b86-4d11-b42d-00c04fc964ff']], [/^mood\[\]$/, ['calm', "it's odd", 'a,b']],
    [/^date\[\]$/, ['2024-02-29']], [/^timestamp.*\[\]$/, [moment]], [/^time\[\]$/, ['10:11:12.5']],
    [/^boolean\[\]$/, [true, false]], [/^bytea\[\]$/, [bytes, Buffer.from([])]],
    [/^jsonb\[\]$/, [document, { c: 1 }]], [/^inet\[\]$/, ['10.0.0.1']],
    [/^(smallint|smallserial)$/, -5], [/^(integer|serial)$/, 1073741823],
    [/^(bigint|bigserial|counted)$/, 9007199254740993n], [/^numeric\(5, ?0\)$/, '12345'],
    [/^numeric|share$/, '12.25'], [/^real$/, 1.5], [/^double precision$/, 0.1], [/^money$/, '$12.50'],
    [/^oid$/, 4000000000], [/^bit\(3\)$/, '101'], [/^bit varying/, '10101'], [/^uuid$/, '6f9619ff-8b86-4d11-b42d-00c04fc964ff'],
    [/^char\(3\)$/, 'a b'], [/^char(\(1\))?$/, 'x'], [/pg_catalog/, 'y'], [/^name$/, 'a name'], [/^email$/, 'a@b'],
    [/^mood$/, 'a,b'], [/scale$/, 'metric'], [/^place$/, '("1 Main St",5)'], [/^xml$/, '<a b="1">c</a>'],
    [/^tsvector$/, "'cat':1 'fat':2"], [/^tsquery$/, "'cat' & 'fat'"], [/^varchar|^text/, "it's \"text\" \\ ü \u{1F600}"],
    [/^date$/, '2024-02-29'], [/^timestamp \(0\)/, second], [/^timestamp/, moment],
    [/^time\(2\)$/, '10:11:12.25'], [/^time with time zone$/, '10:11:12.5+02'], [/^time$/, '10:11:12.123456'],
    [/^interval year$/, '3 years'], [/^interval/, '2 days 03:04:05.5'], [/^daterange$/, '[2024-01-01,2024-02-01)'],
    [/^tstzrange$/, '["2024-01-01 00:00:00+00","2024-02-01 00:00:00+00")'], [/^int4range$/, '[1,5)'],
    [/^boolean$/, false], [/^bytea$/, bytes], [/^jsonb?$/, document], [/^inet$/, '10.0.0.1'], [/^cidr$/, '10.0.0.0/8'],
    [/^macaddr$/, '08:00:2b:01:02:03'], [/^macaddr8$/, '08:00:2b:01:02:03:04:05'], [/^point$/, [1.5, -2]],
    [/^line$/, [1, 2, 3]], [/^lseg$/, '[(0,0),(1,1)]'], [/^box$/, '(1,1),(0,0)'], [/^path$/, '((0,0),(1,1))'],
    [/^polygon$/, '((0,0),(1,1),(1,0))'], [/^circle$/, '<(1,2),3>'],
  ],
  mysql: [
    [/^boolean$/, true], [/^tinyint.*unsigned/, 255], [/^tinyint/, -128], [/^smallint/, 32767], [/^mediumint/, -8388608],
    [/^bigint unsigned/, 18446744073709551615n], [/^bigint/, -9223372036854775808n], [/^int\(5\)/, 12345],
    [/zerofill/, 12], [/^int/, 30000], [/^decimal\(3,1\)/, '-1.5'], [/^decimal\(5,2\)/, '12.25'],
    [/^decimal\(7,3\)/, '12.500'], [/^decimal\(8,2\)/, '12.25'], [/^decimal\(12,2\)/, '12.25'], [/^decimal\(12,4\)/, '12.2500'],
    [/^decimal/, '123'], [/^(double|float)/, 1.5], [/^bit\(9\)/, Buffer.from([1, 0x80])], [/^bit/, Buffer.from([1])],
    [/^point/, sql`ST_GeomFromText('POINT(1 2)')`],
    [/geometry|linestring|polygon|multipoint/, null], [/^longtext/, '[1, "two"]'], [/^char/, 'abc'], [/^enum|^set\(/, null], [/text|^varchar/, "it's \"t\" \\ x"],
    [/^binary\(1\)/, Buffer.from([0xff])], [/^binary\(2\)/, Buffer.from([1, 2])], [/^binary\(16\)/, Buffer.alloc(16, 7)],
    [/blob|^varbinary/, bytes], [/^date$/, '2024-02-29'], [/^datetime\([36]\)|^timestamp\([36]\)/, moment],
    [/^datetime|^timestamp/, second], [/^time\(2\)/, '10:11:12.25'], [/^time/, '10:11:12'], [/^year/, 2024], [/^json/, document],
  ],
  sqlite: [
    [/^(integer|int|bigint|tinyint|unsigned big int)$/, 12], [/^(real|double precision|float)$/, 1.5],
    [/^(numeric\(10,2\)|decimal\(8,3\)|numeric)$/, '12.25'], [/^boolean$/, true], [/^blob$/, bytes],
    [/^date$/, '2024-02-29'], [/^(datetime|timestamp)$/, '2024-02-29 23:59:58'],
    [/^$|^any$|json|uuid|clob|char|text/, "it's \"text\" \\ ü"],
  ],
};

function sample(column) {
  const values = column.enumValues;
  if (values?.length) return column.getSQLType().endsWith('[]') ? values : values[values.length - 1];
  if (column.columnType === 'SQLiteBoolean') return true;
  if (column.columnType === 'SQLiteTextJson') return document;
  if (column.getSQLType() === 'text' && column.columnType === 'SQLiteCustomColumn') return moment;
  const type = column.getSQLType().toLowerCase();
  const found = samples[dialect].find(([pattern]) => pattern.test(type));
  if (!found) console.log(`no sample for ${type}`);
  const value = found?.[1] ?? null;
  const length = Number(/char\((\d+)\)/.exec(type)?.[1] ?? 0);
  return length > 0 && typeof value === 'string' ? value.slice(0, length).trim() : value;
}

async function connect() {
  const all = { ...schema, ...relations };
  if (dialect === 'postgres') {
    const { drizzle } = require('drizzle-orm/node-postgres');
    const db = drizzle(url, { schema: all });
    return [db, () => db.$client.end()];
  }
  if (dialect === 'mysql') {
    const { drizzle } = require('drizzle-orm/mysql2');
    const pool = require('mysql2/promise').createPool({ uri: url, supportBigNumbers: true });
    return [drizzle(pool, { schema: all, mode: 'default' }), () => pool.end()];
  }
  const { drizzle } = require('drizzle-orm/libsql');
  const db = drizzle({ connection: { url }, schema: all });
  return [db, () => db.$client.close()];
}

const [db, close] = await connect();
let tables = 0;
let columns = 0;
for (const [name, table] of Object.entries(schema)) {
  if (!is(table, Table)) continue;
  const row = {};
  for (const [member, column] of Object.entries(getTableColumns(table))) {
    if (column.generated || column.generatedIdentity?.type === 'always') continue;
    const value = sample(column);
    if (value !== null) row[member] = value;
  }
  await db.insert(table).values(row);
  const [read] = await db.select().from(table);
  for (const member of Object.keys(row)) {
    if (is(row[member], SQL)) continue;
    assert.deepEqual(read[member], row[member], `${getTableName(table)}.${member}`);
    columns += 1;
  }
  if (db.query[name]) await db.query[name].findMany({ limit: 1 });
  tables += 1;
}
await close();
console.log(`${tables} tables, ${columns} columns`);
