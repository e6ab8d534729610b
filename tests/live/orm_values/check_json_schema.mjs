// Compiles every definition of JSON Schema documents with ajv.
// usage: node check_json_schema.mjs NODE_MODULES FILE...
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [modules, ...files] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const Ajv = require('ajv/dist/2020').default;
const addFormats = require('ajv-formats').default;

for (const file of files) {
  const schema = JSON.parse(readFileSync(file, 'utf8'));
  const ajv = new Ajv({ strict: true, allowUnionTypes: true });
  addFormats(ajv);
  ajv.addSchema(schema, 'schema');
  for (const name of Object.keys(schema.$defs)) {
    try {
      ajv.getSchema(`schema#/$defs/${encodeURIComponent(name)}`);
    } catch (error) {
      console.log(`${file}: ${name}: ${error.message}`);
      process.exitCode = 1;
    }
  }
}
