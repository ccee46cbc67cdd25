// Vue 3 single-file components, with the compiler that belongs to the Vue they run on.

import crypto from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { compileScript, compileStyle, compileTemplate, parse, rewriteDefault } from "vue/compiler-sfc";
import { injecting } from "./inject.mjs";

export function vuePlugin(compiler, development) {
	return {
		name: "vue",
		setup(build) {
			const { nodePaths } = build.initialOptions;
			build.onLoad({ filter: /\.vue$/ }, async ({ path: file }) => {
				const source = await fs.readFile(file, "utf8");
				// Of name and content, so that a bench in another folder builds the same.
				const id = crypto
					.createHash("sha256")
					.update(path.basename(file))
					.update(source)
					.digest("hex")
					.slice(0, 8);
				const component = { id, file, source, isProd: !development };
				try {
					return {
						...(await compile(component, compiler, nodePaths)),
						resolveDir: path.dirname(file),
					};
				} catch (error) {
					return { errors: [{ text: error.message, location: { file } }] };
				}
			});
		},
	};
}

async function compile({ id, file, source, isProd }, compiler, folders) {
	const { descriptor, errors } = parse(source, { filename: file });
	throwFirst(errors);
	const scoped = descriptor.styles.some((style) => style.scoped);
	const script = compileParts({ descriptor, id, file, isProd, scoped });
	const styles = [];
	for (const block of descriptor.styles) {
		const css = compiler.block(block.content, file, block.lang);
		const result = compileStyle({
			source: css,
			filename: file,
			id: `data-v-${id}`,
			scoped: block.scoped,
			isProd,
		});
		throwFirst(result.errors);
		styles.push(result.code);
	}
	const lines = [script.code];
	if (styles.length) {
		lines.unshift(await injecting(styles.join("\n"), file, folders));
	}
	if (scoped) {
		lines.push(`__component.__scopeId = "data-v-${id}";`);
	}
	lines.push("export default __component;");
	return { contents: lines.join("\n"), loader: script.isTypeScript ? "ts" : "js" };
}

/** Script and template as one piece of source that declares `__component`. */
function compileParts({ descriptor, id, file, isProd, scoped }) {
	const isSetup = Boolean(descriptor.scriptSetup);
	const lang = (descriptor.scriptSetup ?? descriptor.script)?.lang;
	const isTypeScript = lang === "ts";
	const plugins = isTypeScript ? ["typescript"] : [];
	const template = { id, filename: file, isProd, scoped, slotted: descriptor.slotted };
	if (!isSetup && !descriptor.script) {
		return { code: `const __component = {};\n${render(descriptor, template)}`, isTypeScript };
	}
	const script = compileScript(descriptor, {
		id,
		isProd,
		inlineTemplate: isSetup,
		templateOptions: template,
	});
	const code = rewriteDefault(script.content, "__component", plugins);
	if (isSetup || !descriptor.template) {
		return { code, isTypeScript };
	}
	const bindings = { compilerOptions: { bindingMetadata: script.bindings } };
	return { code: `${code}\n${render(descriptor, { ...template, ...bindings })}`, isTypeScript };
}

function render(descriptor, options) {
	const result = compileTemplate({ ...options, source: descriptor.template.content });
	throwFirst(result.errors);
	return `${result.code}\n__component.render = render;`;
}

function throwFirst(errors) {
	if (errors.length) {
		throw typeof errors[0] === "string" ? new Error(errors[0]) : errors[0];
	}
}
