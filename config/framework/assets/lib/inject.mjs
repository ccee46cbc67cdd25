// Styles that a script brings with it (imported, or in a Vue component) are put in the page by that script: the
// framework's pages load scripts by name and know of no style beside them.

import path from "node:path";
import esbuild from "esbuild";
import { finish } from "./styles.mjs";

const HELPER = "lsm:inject-style";

const HELPER_SOURCE = `
export default function inject(ltr, rtl) {
	const style = document.createElement("style");
	style.textContent = document.documentElement.dir === "rtl" ? rtl : ltr;
	document.head.append(style);
}`;

/** Source of a module that puts `css` in the page, mirrored where the page is right-to-left. */
export async function injecting(css, file, folders) {
	const bundled = await bundleStyle(css, file, folders);
	const [ltr, rtl] = await Promise.all(
		[false, true].map(async (flip) => minify(await finish(bundled, file, { rtl: flip })))
	);
	return `import injectStyle from ${JSON.stringify(HELPER)};\ninjectStyle(${JSON.stringify(ltr)}, ${JSON.stringify(rtl)});`;
}

async function bundleStyle(css, file, folders) {
	const result = await esbuild.build({
		bundle: true,
		external: ["/assets/*", "/files/*"],
		logLevel: "warning",
		nodePaths: folders,
		stdin: { contents: css, loader: "css", resolveDir: path.dirname(file), sourcefile: file },
		write: false,
	});
	return result.outputFiles[0].text;
}

async function minify(css) {
	return (await esbuild.transform(css, { loader: "css", minify: true })).code.trim();
}

export function injectedStylePlugin(compiler, folders) {
	return {
		name: "injected-style",
		setup(build) {
			build.onResolve({ filter: /^lsm:inject-style$/ }, () => ({ path: HELPER, namespace: "lsm" }));
			build.onLoad({ filter: /.*/, namespace: "lsm" }, () => ({
				contents: HELPER_SOURCE,
				loader: "js",
			}));
			build.onLoad({ filter: /\.(css|scss|sass)$/ }, async ({ path: file }) => ({
				contents: await injecting(compiler.file(file), file, folders),
				loader: "js",
				resolveDir: path.dirname(file),
			}));
		},
	};
}
