// `bench build`: the framework's arguments in, this builder's out. What the builder does anyhow is left out.

import { parseArgs } from "node:util";
import { benchFolder } from "./lib/packages.mjs";

const { values } = parseArgs({
	options: { apps: { type: "string" }, development: { type: "boolean" } },
	strict: false,
	allowPositionals: true,
});
const apps = (values.apps ?? "").split(",").filter(Boolean);
const development = values.development ? ["--development"] : [];
process.argv.splice(
	2,
	Infinity,
	"--bench",
	benchFolder(),
	...apps.flatMap((app) => ["--app", app]),
	...development
);
await import("./build.mjs");
