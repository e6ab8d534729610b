// Writes values into a live database and gives them to the Zod schemas made from it: what the
// database refuses must be refused, what it keeps as it is must be accepted, and every row that it
// gives must be accepted.
//
// usage: node try_zod.mjs DIALECT CONNECTION ZOD_MODULE
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';
import { pathToFileURL } from 'node:url';

import { pick, random, rules, samples } from './candidates.mjs';

const [dialect, connection, module] = process.argv.slice(2);
const schemas = await import(pathToFileURL(module).href);
const require = createRequire(pathToFileURL(module).href);
const camel = (name) => name.replace(/_+([a-z0-9])/g, (_, letter) => letter.toUpperCase());

const drivers = { postgres: openPostgres, mysql: openMysql, sqlite: openSqlite };

async function openPostgres() {
  const pg = require('pg');
  // As drizzle-orm's node-postgres session has it: dates, times and intervals stay texts.
  const raw = new Set([1082, 1083, 1266, 1186]);
  const types = {
    getTypeParser: (id, format) => {
      if (id === 1114) return (value) => pg.types.getTypeParser(1184)(value.replace(/(?= BC|$)/, '+00'));
      if (raw.has(id)) return (value) => value;
      if (id === 20) return BigInt;
      if (id === 1016) return (value) => value.slice(1, -1).split(',').filter(Boolean).map(BigInt);
      return pg.types.getTypeParser(id, format);
    },
  };
  const client = new pg.Client({ connectionString: connection, types });
  await client.connect();
  const oids = await client.query("select oid from pg_type where typname = '_mood'");
  const moods = oids.rows[0].oid;
  const inner = types.getTypeParser;
  types.getTypeParser = (id, format) => inner(id === moods ? 1009 : id, format);
  const zoned = new Set(['a_timestamp']);
  const written = (column, value) => {
    if (/json/.test(column)) return JSON.stringify(value);
    if (zoned.has(column) && value instanceof Date && !Number.isNaN(value.getTime())) {
      return postgresMoment(value);
    }
    if (value instanceof Date && !Number.isNaN(value.getTime())) return `${postgresMoment(value)}`;
    if (value instanceof Uint8Array) return Buffer.from(value);
    return value;
  };
  return {
    insert: async (table, row) => {
      const columns = Object.keys(row);
      const places = columns.map((_, i) => `$${i + 1}`);
      const values = columns.map((column) => written(column, row[column]));
      const text =
        columns.length === 0
          ? `insert into ${table} default values returning *`
          : `insert into ${table} (${columns}) values (${places}) returning *`;
      return (await client.query({ text, values, types })).rows[0];
    },
    close: () => client.end(),
  };
}

/** What PostgreSQL reads in every year: "0044-03-15T00:00:00.000+00 BC". */
function postgresMoment(value) {
  const year = value.getUTCFullYear();
  const rest = value.toISOString().replace(/^[+-]?\d+/, '').replace('Z', '+00');
  const text = String(year > 0 ? year : 1 - year).padStart(4, '0');
  return text + rest + (year > 0 ? '' : ' BC');
}

async function openMysql() {
  const mysql = require('mysql2/promise');
  const client = await mysql.createConnection({
    uri: connection,
    timezone: 'Z',
    dateStrings: ['DATE'],
    supportBigNumbers: true,
    bigNumberStrings: true,
    charset: 'utf8mb4',
  });
  await client.query("set time_zone = '+00:00'");
  const read = (table, column, value) => {
    if (value === null) return value;
    if (/^(big|a_bigint|a_big_unsigned)$/.test(column)) return BigInt(value);
    if (column === 'id' && table === 'samples') return BigInt(value);
    if (column === 'a_boolean') return value === 1;
    if (column === 'a_json' && typeof value === 'string') return parsed(value);
    return value;
  };
  const written = (column, value) => {
    if (column === 'a_json') return JSON.stringify(value);
    if (typeof value === 'bigint') return String(value);
    if (value instanceof Date && Number.isNaN(value.getTime())) return 'Invalid Date';
    if (value instanceof Date && value.getUTCFullYear() > 9999) return value.toISOString();
    if (value instanceof Uint8Array) return Buffer.from(value);
    return value;
  };
  return {
    insert: async (table, row) => {
      const columns = Object.keys(row);
      const values = columns.map((column) => written(column, row[column]));
      const [done] = await client.query(
        `insert into ${table} (${columns}) values (${columns.map(() => '?')})`,
        values,
      );
      const [rows] = await client.query(`select * from ${table} where id = ${done.insertId}`);
      return Object.fromEntries(
        Object.entries(rows[0]).map(([column, value]) => [column, read(table, column, value)]),
      );
    },
    close: () => client.end(),
  };
}

/** MariaDB's driver parses JSON or not, as the server tells it; a text may be either. */
function parsed(value) {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

async function openSqlite() {
  const { createClient } = require('@libsql/client');
  const client = createClient({ url: ':memory:' });
  await client.executeMultiple(readFileSync(connection, 'utf8'));
  const read = (column, value) => {
    if (value === null) return value;
    if (column === 'a_boolean' || column === 'flag') return value === 1;
    if (column === 'a_decimal' || column === 'price') return String(value);
    if (value instanceof ArrayBuffer) return new Uint8Array(value);
    return value;
  };
  return {
    insert: async (table, row) => {
      const columns = Object.keys(row);
      const args = columns.map((column) =>
        row[column] instanceof Date ? row[column].toISOString() : row[column],
      );
      const sql = columns.length
        ? `insert into ${table} (${columns}) values (${columns.map(() => '?')}) returning *`
        : `insert into ${table} default values returning *`;
      const { rows } = await client.execute({ sql, args });
      return Object.fromEntries(
        Object.entries(rows[0]).map(([column, value]) => [column, read(column, value)]),
      );
    },
    close: () => client.close(),
  };
}

const plain = (value) =>
  value instanceof Uint8Array ? [...value] : Array.isArray(value) ? value.map(plain) : value;
const same = (a, b) => isDeepStrictEqual(plain(a), plain(b));
const renamed = (row) =>
  Object.fromEntries(Object.entries(row).map(([column, value]) => [camel(column), value]));
const shown = (value) =>
  JSON.stringify(value, (_, v) =>
    typeof v === 'bigint' ? `${v}n` : typeof v === 'number' && !Number.isFinite(v) ? `${v}` : v,
  ).slice(0, 200);

const faults = [];
const counts = { kept: 0, changed: 0, refused: 0 };

/** Tries one row in the database and with the schema. */
async function tryRow(database, table, row, written, whole, what) {
  let stored;
  let refusal;
  try {
    stored = await database.insert(table, row);
  } catch (error) {
    refusal = error.message;
  }
  const verdict = written.safeParse(renamed(row));
  if (stored === undefined) {
    counts.refused += 1;
    if (verdict.success) faults.push(`${what}: accepted, but the database says: ${refusal}`);
    return;
  }
  const kept = Object.keys(row).every((column) => same(stored[column], row[column]));
  counts[kept ? 'kept' : 'changed'] += 1;
  if (!verdict.success && kept) {
    faults.push(`${what}: refused (${verdict.error.issues[0].message}), but the database keeps it`);
  }
  const back = whole.safeParse(renamed(stored));
  if (!back.success) {
    const issue = back.error.issues[0];
    faults.push(`${what}: comes back and is refused: ${issue.path} ${issue.message}`);
  } else if (!same(back.data, renamed(stored))) {
    faults.push(`${what}: parsing changed it`);
  }
}

const database = await drivers[dialect]();
const { newSampleSchema, sampleSchema, newRuleSchema, ruleSchema } = schemas;
for (const [column, values] of Object.entries(samples[dialect])) {
  for (const value of values) {
    const row = { [column]: value };
    await tryRow(database, 'samples', row, newSampleSchema, sampleSchema, `${column} ${shown(value)}`);
  }
}
const known = Object.keys(rules).filter((column) => camel(column) in ruleSchema.shape);
for (let i = 0; i < 1500; ++i) {
  const row = {};
  for (let changes = 1 + random(3); changes > 0; --changes) {
    const column = pick(known);
    row[column] = pick(rules[column]);
  }
  // The checks of pairs want both.
  if (random(3) === 0) {
    const pair = pick([
      ['starts_on', 'ends_on'], ['opens', 'closes'], ['from_at', 'to_at'], ['one', 'two'],
      ['left_id', 'right_id'], ['status', 'done_at'], ['flag', 'other'], ['price', 'discount'],
    ]).filter((column) => known.includes(column));
    for (const column of pair) row[column] = pick(rules[column]);
  }
  if (dialect !== 'postgres') {
    if (Object.values(row).some((value) => value === 'NaN' || Number.isNaN(value))) continue;
    if (Object.values(row).some((value) => /Infinity/.test(String(value)))) continue;
  }
  if (dialect === 'sqlite' && row.done_at instanceof Date) row.done_at = row.done_at.toISOString();
  if (Object.keys(row).length === 0) continue;
  await tryRow(database, 'rules', row, newRuleSchema, ruleSchema, `rules ${shown(row)}`);
}
await database.close();
console.log(JSON.stringify(counts));
for (const fault of faults) console.log(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
