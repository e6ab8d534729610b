// Parses Mermaid files with Mermaid's own parser: node mermaid_parse.mjs FILE_OR_FOLDER...
// RELATA_NODE_MODULES names the folder that holds the package. Exit 1 when a diagram is refused.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const modules = process.env.RELATA_NODE_MODULES;
const entry = join(modules, "mermaid", "dist", "mermaid.core.mjs");
const { default: mermaid } = await import(pathToFileURL(entry).href);

const files = process.argv.slice(2).flatMap((path) =>
  statSync(path).isDirectory()
    ? readdirSync(path).filter((name) => name.endsWith(".mmd")).sort().map((name) => join(path, name))
    : [path],
);
let refused = 0;
for (const file of files) {
  const text = readFileSync(file, "utf8");
  try {
    const { diagramType } = await mermaid.parse(text);
    if (diagramType !== "er") throw new Error(`read as '${diagramType}', not as an ER diagram`);
  } catch (error) {
    refused += 1;
    console.error(`${file}: ${error.message}`);
  }
}
console.log(`${files.length - refused} of ${files.length} diagrams accepted`);
process.exit(refused === 0 && files.length > 0 ? 0 : 1);
