// Runs a TypeORM project that Relata wrote, from JavaScript that tsc made of it.
//
//   node orm_typeorm.cjs JOB
//
// JOB: JSON of {"folder", "urls": {"migrated", "synchronized", "reverted"}, "rows"}. Each database
// is empty. In all three the migration runs; in "migrated" TypeORM's own comparison is
// asked and rows are written and read; in "synchronized" the tables of synchronized entities are
// dropped and made by TypeORM alone; in "reverted" the migration is taken back. Prints
// {"pending": [SQL]} to standard output, or what went wrong.
//
// Or of {"folder", "url", "run": MODE} or {"folder", "url", "revert": MODE, "times": N}: the
// migrations run, or the last ones are taken back, in a transaction mode ("all", "each", "none");
// the answer is the same.
'use strict';

const path = require('node:path');
const assert = require('node:assert');
const { DataSource } = require('typeorm');

// A DataSource asks for its driver's package when it is made; where better-sqlite3 is not compiled,
// sql.js takes its place below, and only the asking must succeed.
if (process.env.RELATA_SQLJS) {
  const Module = require('node:module');
  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, ...rest) {
    return resolve.call(this, request === 'better-sqlite3' ? 'sql.js' : request, ...rest);
  };
}

const quietly = { logger: 'simple-console', logging: [] };

function dataSource(folder, url) {
  process.env.DATABASE_URL = url;
  const file = path.join(folder, 'data-source.js');
  delete require.cache[require.resolve(file)];
  const options = { ...require(file).AppDataSource.options, ...quietly };
  if (options.type === 'better-sqlite3' && process.env.RELATA_SQLJS) {
    const { database, ...rest } = options;
    const sqljs = { ...rest, type: 'sqljs', location: database, autoSave: true };
    return new DataSource(sqljs);
  }
  return new DataSource(options);
}

async function opened(folder, url, use) {
  const source = await dataSource(folder, url).initialize();
  try {
    return await use(source);
  } finally {
    await source.destroy();
  }
}

async function pending(source) {
  const log = await source.driver.createSchemaBuilder().log();
  return log.upQueries.map((query) => query.query);
}

async function synchronizeAlone(source) {
  const own = source.entityMetadatas.filter((one) => one.synchronize);
  const quote = (name) => source.driver.escape(name);
  const named = (one) =>
    (one.schema ? quote(one.schema) + '.' : '') + quote(one.tableName);
  const type = source.options.type;
  const runner = source.createQueryRunner();
  if (type === 'mariadb') await runner.query('SET FOREIGN_KEY_CHECKS = 0');
  if (/sql/.test(type)) await runner.query('PRAGMA foreign_keys = OFF').catch(() => {});
  const cascade = type === 'postgres' ? ' CASCADE' : '';
  const views = own.filter((one) => one.tableType === 'view').reverse();
  for (const one of views) {
    const kind = one.tableMetadataArgs.materialized ? 'MATERIALIZED VIEW' : 'VIEW';
    await runner.query(`DROP ${kind} IF EXISTS ${named(one)}${cascade}`);
  }
  for (const one of own.filter((one) => one.tableType !== 'view')) {
    await runner.query(`DROP TABLE ${named(one)}${cascade}`);
  }
  if (type === 'postgres') {
    const unused = await runner.query(`
      SELECT format('%I.%I', n.nspname, t.typname) AS name
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
      WHERE t.typtype = 'e' AND NOT EXISTS (
        SELECT FROM pg_attribute a WHERE a.atttypid IN (t.oid, t.typarray))`);
    for (const { name } of unused) await runner.query(`DROP TYPE ${name}`);
  }
  const metadata = quote('typeorm_metadata');
  if (await runner.hasTable('typeorm_metadata')) await runner.query(`DELETE FROM ${metadata}`);
  if (type === 'mariadb') await runner.query('SET FOREIGN_KEY_CHECKS = 1');
  await runner.release();
  await source.synchronize();
}

/** Revives what JSON has no values for: {"$date": text}, {"$bigint": digits}, {"$bytes": hex}. */
function revived(value) {
  if (Array.isArray(value)) return value.map(revived);
  if (value && typeof value === 'object') {
    if (value.$date) return new Date(value.$date);
    if (value.$bigint) return BigInt(value.$bigint);
    if (value.$bytes !== undefined) return Buffer.from(value.$bytes, 'hex');
  }
  return value;
}

/** Writes the row, reads it back, and saves what was read, which must not change anything. */
async function writeRow(source, entity, row) {
  const repository = source.getRepository(entity);
  const written = {};
  for (const [name, value] of Object.entries(row)) written[name] = revived(value);
  const saved = await repository.save(repository.create({ ...written }));
  const key = {};
  for (const column of repository.metadata.primaryColumns) {
    key[column.propertyName] = saved[column.propertyName] ?? 1;
  }
  const read = await repository.findOneByOrFail(key);
  for (const [name, value] of Object.entries(written)) {
    // sql.js has no Buffer.
    const found = read[name] instanceof Uint8Array ? Buffer.from(read[name]) : read[name];
    assert.deepStrictEqual(found, value, `${entity}.${name}`);
  }
  const before = await repository.find();
  for (const one of before) await repository.save(one);
  assert.deepStrictEqual(await repository.find(), before, `${entity} saved as it was read`);
}

async function migrate({ folder, url, run, revert, times }) {
  return opened(folder, url, async (source) => {
    if (run) await source.runMigrations({ transaction: run });
    for (let i = 0; i < (times ?? 0); ++i) {
      await source.undoLastMigration({ transaction: revert });
    }
    return { pending: await pending(source) };
  });
}

async function run(job) {
  if (job.url) return migrate(job);
  const { folder, urls, rows } = job;
  const result = {};
  await opened(folder, urls.migrated, async (source) => {
    await source.runMigrations();
    result.pending = await pending(source);
  });
  await opened(folder, urls.synchronized, async (source) => {
    await source.runMigrations();
    await synchronizeAlone(source);
  });
  await opened(folder, urls.reverted, async (source) => {
    await source.runMigrations();
    for (const [entity, row] of Object.entries(rows ?? {})) await writeRow(source, entity, row);
    await source.undoLastMigration();
  });
  return result;
}

run(JSON.parse(process.argv[2])).then(
  (result) => console.log(JSON.stringify(result)),
  (error) => {
    console.log(`${error.message}\n${error.query ?? ''}`.slice(0, 2000));
    process.exit(1);
  },
);
