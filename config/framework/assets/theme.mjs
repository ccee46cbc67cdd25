// `node generate_bootstrap_theme.js OUTPUT SCSS`, as the framework calls it for a website theme.
// It takes any word on standard error for a failure.

import fs from "node:fs";
import esbuild from "esbuild";
import { benchFolder, lookupFolders } from "./lib/packages.mjs";
import { finish, makeStyleCompiler } from "./lib/styles.mjs";

const [output, source] = process.argv.slice(2);
const compiler = makeStyleCompiler(lookupFolders(benchFolder()));

try {
	const css = compiler.block(source.replaceAll("\\n", "\n"), output.replace(/\.css$/, ".scss"), "scss");
	const { code } = await esbuild.transform(await finish(css, output), { loader: "css", minify: true });
	fs.writeFileSync(output, code);
} catch (error) {
	console.error(error.message);
	process.exitCode = 1;
}
