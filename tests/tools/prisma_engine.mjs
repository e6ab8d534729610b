// Runs Prisma's own schema engine (its WebAssembly form, which reaches databases through Prisma's
// driver adapters) on a list of jobs, and prints what came of each as a line of JSON.
//
// usage: node prisma_engine.mjs < JOBS.json
//   [{"command": "check" | "deploy" | "push" | "diff" | "execute", "url": "postgres://...",
//     "schema": "path"}, ...]
// "check" validates and formats the schema (prisma validate, prisma format), "deploy" applies the migrations beside the schema (prisma migrate deploy), "push" makes the
// database from the schema alone (prisma db push), "diff" tells what would make the database what
// the schema says (prisma migrate diff), "execute" runs the job's "script" (prisma db execute).

import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

// The packages are in a folder that the caller names.
const require = createRequire(path.join(process.env.RELATA_NODE_MODULES, 'x.js'));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } = await load(
  '@prisma/driver-adapter-utils',
);
const pg = (await load('pg')).default;

async function loadEngine() {
  const folder = path.dirname(require.resolve('@prisma/schema-engine-wasm'));
  const engine = await import(pathToFileURL(path.join(folder, 'schema_engine_bg.js')).href);
  const bytes = fs.readFileSync(path.join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': engine });
  engine.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return engine;
}

// The engine reads columns of the type "char" (18) in PostgreSQL's catalog, which the adapter does
// not know: they go through as text (25) and are marked afterwards.
let characters = [];
const described = pg.Client.prototype._handleRowDescription;
pg.Client.prototype._handleRowDescription = function (message) {
  characters = [];
  message.fields.forEach((field, place) => {
    if (field.dataTypeID !== 18) return;
    field.dataTypeID = 25;
    characters.push(place);
  });
  described.call(this, message);
};

function adapted(adapter, postgres) {
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    // A name in double quotes is no text to libSQL.
    const sql = query.sql.replace(
      /(name = )"((?:[^"]|"")*)"/,
      (_, before, name) => `${before}'${name.replaceAll("'", "''")}'`,
    );
    const result = await queryRaw({ ...query, sql });
    for (const place of characters) result.columnTypes[place] = ColumnTypeEnum.Character;
    return result;
  };
  // The adapter splits scripts at semicolons, also those in the body of a function.
  if (postgres) {
    adapter.executeScript = async (script) => {
      // The engine keeps what the server says to itself.
      await adapter.client.query(script).catch((error) => {
        console.error(error.message);
        throw error;
      });
    };
  }
  return adapter;
}

async function factoryFor(url) {
  const postgres = url.startsWith('postgres');
  const { PrismaPg } = postgres ? await load('@prisma/adapter-pg') : {};
  const { PrismaLibSql } = postgres ? {} : await load('@prisma/adapter-libsql');
  const factory = postgres ? new PrismaPg({ connectionString: url }) : new PrismaLibSql({ url });
  for (const name of ['connect', 'connectToShadowDb']) {
    const original = factory[name].bind(factory);
    factory[name] = async () => adapted(await original(), postgres);
  }
  return bindMigrationAwareSqlAdapterFactory(factory);
}

function migrationsBeside(schema) {
  const folder = path.join(path.dirname(schema), 'migrations');
  const read = (...parts) => fs.readFileSync(path.join(folder, ...parts), 'utf8');
  const directories = fs.readdirSync(folder, { withFileTypes: true }).filter((e) => e.isDirectory());
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: read('migration_lock.toml') },
    shadowDbInitScript: '',
    migrationDirectories: directories.map(({ name }) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: read(name, 'migration.sql') },
      },
    })),
  };
}

// What `prisma validate` and `prisma format` do.
function check(content) {
  const tools = require('@prisma/prisma-schema-wasm');
  try {
    tools.validate(JSON.stringify({ prismaSchema: [['schema.prisma', content]], noColor: true }));
  } catch (error) {
    return { valid: String(error.message ?? error) };
  }
  const options = { textDocument: { uri: 'file:/schema.prisma' } };
  const params = JSON.stringify({ ...options, options: { tabSize: 2, insertSpaces: true } });
  const formatted = JSON.parse(tools.format(JSON.stringify([['schema.prisma', content]]), params));
  return { valid: true, formatted: formatted[0][1] === content };
}

const filters = { externalTables: [], externalEnums: [] };
const commands = {
  deploy: (engine, job) =>
    engine.applyMigrations({ migrationsList: migrationsBeside(job.schema), filters }),
  push: (engine, job, schema) => engine.schemaPush({ force: true, schema, filters }),
  execute: async (engine, job) => {
    await engine.dbExecute({
      datasourceType: { tag: 'url', url: job.url },
      script: fs.readFileSync(job.script, 'utf8'),
    });
    return {};
  },
  diff: async (engine, job, schema) => {
    const from = { tag: 'schemaDatasource', configDir: '.', ...schema };
    const to = { tag: 'schemaDatamodel', ...schema };
    const result = await engine.diff({ from, to, script: true, exitCode: true, filters });
    return { empty: result.exitCode === 0, script: result.stdout };
  },
};

const { SchemaEngine } = await loadEngine();
for (const job of JSON.parse(fs.readFileSync(0, 'utf8'))) {
  try {
    const content = fs.readFileSync(job.schema, 'utf8');
    if (job.command === 'check') {
      console.log(JSON.stringify(check(content)));
      continue;
    }
    const schema = { files: [{ path: job.schema, content }] };
    const engine = await SchemaEngine.new(
      { datamodels: [[job.schema, content]] },
      () => {},
      await factoryFor(job.url),
    );
    console.log(JSON.stringify(await commands[job.command](engine, job, schema)));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error.message ?? error) }));
  }
}
process.exit();
