import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const BUILDER = fileURLToPath(new URL("../build.mjs", import.meta.url));
const SOURCES = {
	"js/hello.bundle.js":
		'import "./hello.html"; import Card from "./Card.vue"; import "plain/public/js/part"; window.card = Card;',
	"js/hello.html": "<p>it`s ${a} template</p>",
	"js/part.js": "window.part = 1;",
	"js/Card.vue":
		'<script setup>const name = "x";</script><template><b class="left">{{ name }}</b></template>' +
		'<style lang="scss" scoped>.left { b { margin-left: 1px; } }</style>',
	"js/typed.bundle.ts": "const size: number = 5; window.size = size;",
	"scss/look.bundle.scss":
		'@import "~bootstrap/scss/functions"; @import "plain/public/css/base.css"; .a { float: left; .b { user-select: none; } }',
	"css/base.css": ".base { background: url(/assets/plain/images/dot.png); padding-right: 3px; }",
	"images/dot.png": "png",
};

let bench;

beforeEach(() => {
	bench = fs.mkdtempSync(path.join(os.tmpdir(), "bench-"));
	fs.mkdirSync(path.join(bench, "sites"));
	Object.entries(SOURCES).forEach(([name, text]) => write(name, text));
});
afterEach(() => fs.rmSync(bench, { recursive: true }));

function write(name, text) {
	const file = path.join(bench, "apps", "plain", "plain", "public", name);
	fs.mkdirSync(path.dirname(file), { recursive: true });
	fs.writeFileSync(file, text);
}

const build = (...more) => promisify(execFile)(process.execPath, [BUILDER, "--bench", bench, ...more]);
const read = (name) => fs.readFileSync(path.join(bench, "sites", name), "utf8");
const map = () => JSON.parse(read("assets/assets.json"));
const rtlMap = () => JSON.parse(read("assets/assets-rtl.json"));

test("bundles become files that the maps name", async () => {
	await build();
	assert.deepEqual(Object.keys(map()), ["hello.bundle.js", "look.bundle.css", "typed.bundle.js"]);
	assert.deepEqual(Object.keys(rtlMap()), ["rtl_look.bundle.css"]);
	assert.match(map()["hello.bundle.js"], /^\/assets\/plain\/dist\/js\/hello\.bundle\.[A-Z0-9]{8}\.js$/);
	assert.match(map()["look.bundle.css"], /^\/assets\/plain\/dist\/css\/look\.bundle\.[A-Z0-9]{8}\.css$/);
	assert.match(rtlMap()["rtl_look.bundle.css"], /^\/assets\/plain\/dist\/css-rtl\//);
	const script = read(map()["hello.bundle.js"]);
	assert.ok(script.includes("it`s ${a} template"));
	assert.match(script, /frappe\.templates\.hello|frappe\.templates\["hello"\]/);
	assert.match(script, /margin-left:1px/);
	assert.match(script, /margin-right:1px/);
	const style = read(map()["look.bundle.css"]);
	assert.match(style, /url\(\/assets\/plain\/images\/dot\.png\)/);
	assert.match(style, /float:left/);
	assert.match(style, /-webkit-user-select:none/);
	const mirrored = read(rtlMap()["rtl_look.bundle.css"]);
	assert.match(mirrored, /float:right/);
	assert.match(mirrored, /padding-left:3px/);
});

test("what the app holds in public is there, and what was built stays out of its source", async () => {
	await build();
	assert.equal(read("assets/plain/images/dot.png"), "png");
	assert.ok(!fs.existsSync(path.join(bench, "apps/plain/plain/public/dist")));
});

test("a second build does nothing, a changed source builds again and keeps the files of open pages", async () => {
	await build();
	const before = map();
	assert.match((await build()).stdout, /plain: unchanged/);
	write("js/part.js", "window.part = 2;");
	assert.match((await build()).stdout, /plain: building/);
	assert.notEqual(map()["hello.bundle.js"], before["hello.bundle.js"]);
	assert.equal(map()["typed.bundle.js"], before["typed.bundle.js"]);
	assert.ok(read(before["hello.bundle.js"]));
	write("js/part.js", "window.part = 3;");
	await build();
	assert.throws(() => read(before["hello.bundle.js"]));
});

test("a lost file, a new bundle and a removed one are noticed", async () => {
	await build();
	fs.unlinkSync(path.join(bench, "sites", map()["typed.bundle.js"]));
	assert.match((await build()).stdout, /plain: building/);
	write("js/more.bundle.js", "window.more = 1;");
	fs.unlinkSync(path.join(bench, "apps/plain/plain/public/js/typed.bundle.ts"));
	await build();
	assert.deepEqual(Object.keys(map()), ["hello.bundle.js", "look.bundle.css", "more.bundle.js"]);
});

test("a mistake in a source is told with its file, and what was built before stays", async () => {
	await build();
	const before = map();
	write("scss/look.bundle.scss", ".a { color: $nothing; }");
	await assert.rejects(build(), ({ stderr, code }) => code === 1 && /look\.bundle\.scss/.test(stderr));
	assert.deepEqual(map(), before);
	assert.ok(read(before["look.bundle.css"]));
});

test("two bundles of one name are refused", async () => {
	write("other/hello.bundle.ts", "window.other = 1;");
	await assert.rejects(build(), /two bundles called hello\.bundle\.js/);
});

test("an app that is not there is named", async () => {
	await assert.rejects(build("--app", "nothing"), /is called nothing/);
});

test("two builds at once give one whole result, also after one that was killed", async () => {
	fs.writeFileSync(path.join(bench, "sites", ".assets.lock"), "999999999");
	const [first, second] = await Promise.all([build(), build()]);
	assert.equal([first, second].filter(({ stdout }) => /unchanged/.test(stdout)).length, 1);
	assert.ok(read(map()["hello.bundle.js"]));
});
