// Writes the values that Zod accepts through Drizzle and reads them back through Drizzle: what comes
// back must be accepted, and the same unless the column's type rounds or pads it.
//
// usage: node try_drizzle.mjs DIALECT CONNECTION FOLDER (with the compiled types/ and drizzle/)
import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';
import { pathToFileURL } from 'node:url';

import { samples } from './candidates.mjs';

const [dialect, connection, folder] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(`${folder}/${name}`).href);
const { sampleSchema, newSampleSchema } = await load('types/zod.js');
const schema = await load('drizzle/schema.js');
const require = createRequire(pathToFileURL(`${folder}/types/zod.js`).href);
const camel = (name) => name.replace(/_+([a-z0-9])/g, (_, letter) => letter.toUpperCase());

async function open() {
  if (dialect === 'postgres') {
    const pool = new (require('pg').Pool)({ connectionString: connection });
    return [require('drizzle-orm/node-postgres').drizzle(pool), () => pool.end()];
  }
  const pool = require('mysql2/promise').createPool({
    uri: connection,
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: true,
  });
  return [require('drizzle-orm/mysql2').drizzle(pool), () => pool.end()];
}

// What the type itself changes: digits that it does not keep, padding, other ways to write the same.
const changing = new Set([
  ...['a_char', 'a_count', 'a_price', 'a_numeric', 'a_real', 'a_timestamp_0', 'a_datetime_0', 'a_time'],
  ...['a_time_tz', 'an_interval', 'an_inet', 'a_cidr', 'a_range', 'a_decimal', 'a_float', 'a_binary'],
  ...['a_json', 'a_jsonb', 'a_bit', 'an_unsigned_decimal', 'a_date', 'a_vector', 'a_timestamp'],
]);
const plain = (value) => (value instanceof Uint8Array ? [...value] : value);

const { eq } = require('drizzle-orm');
const [db, close] = await open();
let rows = 0;
let faults = 0;
function fault(...words) {
  console.log(...words);
  faults += 1;
}
for (const [column, values] of Object.entries(samples[dialect])) {
  const member = camel(column);
  for (const value of values) {
    if (!newSampleSchema.safeParse({ [member]: value }).success) continue;
    const written = value instanceof Uint8Array ? Buffer.from(value) : value;
    // Drizzle writes moments as toISOString() has them, and reads years below 100 as of 2000.
    if (value instanceof Date && !/^[1-9]/.test(value.toISOString())) continue;
    try {
      let id;
      if (dialect === 'postgres') {
        [{ id }] = await db.insert(schema.samples).values({ [member]: written }).returning();
      } else {
        const [done] = await db.insert(schema.samples).values({ [member]: written });
        id = BigInt(done.insertId);
      }
      const [row] = await db.select().from(schema.samples).where(eq(schema.samples.id, id));
      rows += 1;
      const back = sampleSchema.safeParse(row);
      const issue = back.error?.issues[0];
      if (!back.success) fault(`${column}: comes back refused: ${issue.path} ${issue.message}`);
      if (!changing.has(column) && !isDeepStrictEqual(plain(row[member]), plain(value))) {
        fault(`${column}: ${String(value).slice(0, 60)} came back as`, row[member]);
      }
    } catch (error) {
      fault(`${column} ${String(value).slice(0, 60)}: ${error.cause?.message ?? error.message}`);
    }
  }
}
await close();
console.log(JSON.stringify({ rows }));
process.exitCode = faults > 0 || rows < 200 ? 1 : 0;
