// One build at a time in a folder.

import fs from "node:fs";
import path from "node:path";

const PATIENCE = 10 * 60 * 1000;

/** Run `work` while holding `file`; waits for another builder, and takes over from one that died. */
export async function withLock(file, work) {
	fs.mkdirSync(path.dirname(file), { recursive: true });
	const until = Date.now() + PATIENCE;
	while (!take(file)) {
		if (Date.now() > until) {
			throw new Error(
				`Another build has held ${file} for ten minutes. Delete that file if none is running.`
			);
		}
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
	try {
		return await work();
	} finally {
		fs.rmSync(file, { force: true });
	}
}

function take(file) {
	try {
		fs.writeFileSync(file, String(process.pid), { flag: "wx" });
		return true;
	} catch (error) {
		if (error.code !== "EEXIST") {
			throw error;
		}
	}
	if (!isAlive(holder(file))) {
		fs.rmSync(file, { force: true });
	}
	return false;
}

function holder(file) {
	try {
		return Number(fs.readFileSync(file, "utf8"));
	} catch {
		return 0;
	}
}

function isAlive(pid) {
	try {
		return pid > 0 && process.kill(pid, 0);
	} catch (error) {
		return error.code === "EPERM";
	}
}
